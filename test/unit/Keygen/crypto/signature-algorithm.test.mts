import {
	isSignedBy,
	SIGNATURE_ALGORITHMS,
} from '../../../../nodes/Keygen/crypto/signature-algorithm';
import { signBytes } from '../../../../sandbox/keygen-signing/account-keys.mts';
import { ALGORITHMS, createAccount } from './account.mts';

const account = createAccount();
const data = Buffer.from('license/YQ==');

describe.each(ALGORITHMS)('a signature by %s', (algorithm) => {
	const signature = signBytes(account.keys, algorithm, data);

	test('is taken under this algorithm with its key, and under no other', () => {
		for (const key of account.all) {
			for (const name of ALGORITHMS) {
				const fits = name === algorithm && key.ok && key.type === SIGNATURE_ALGORITHMS[algorithm];
				expect(key.ok && isSignedBy(key, name, data, signature)).toBe(fits);
			}
		}
	});

	test('of any other bytes, or of none, is answered without an exception', () => {
		const [key] = account.all.filter(
			(one) => one.ok && one.type === SIGNATURE_ALGORITHMS[algorithm],
		);
		const others = [
			Buffer.alloc(0),
			Buffer.alloc(1),
			Buffer.alloc(64),
			Buffer.alloc(256),
			Buffer.alloc(100_000, 0x30),
			signature.subarray(1),
			Buffer.concat([signature, Buffer.of(0)]),
		];
		for (const bytes of others) {
			expect(key.ok && isSignedBy(key, algorithm, data, bytes)).toBe(false);
		}
	});
});
