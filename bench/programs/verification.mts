// Offline verification of signed license keys, and node:crypto's verify alone.
import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { inTurn } from '../medians.mts';
import { loaded, tell, told } from './loaded.mts';

const { verifyLicenseKey } = loaded<typeof import('../../nodes/Keygen/crypto/keys/license-key')>(
	'nodes/Keygen/crypto/keys/license-key.ts',
);
const { importPublicKey } = loaded<typeof import('../../nodes/Keygen/crypto/public-key')>(
	'nodes/Keygen/crypto/public-key.ts',
);

const { count, rounds } = told<{ count: number; rounds: number }>();

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const imported = importPublicKey(publicKey.export({ format: 'pem', type: 'spki' }));
/** License keys in the form that Keygen signs: `key/{data}.{signature}`, base64url with padding. */
const keys = Array.from({ length: count }, (_, n) => {
	const data = JSON.stringify({
		account: { id: '4dc7176f-eeaa-4f49-a8fa-c38e0ba34db3' },
		license: { id: `license-${n}`, expiry: '2027-01-01T00:00:00.000Z' },
		user: { email: `ann${n}@students.northfield.example` },
	});
	const signed = `key/${padded(Buffer.from(data))}`;
	const signature = sign(null, Buffer.from(signed), privateKey);
	return { key: `${signed}.${padded(signature)}`, signed: Buffer.from(signed), signature };
});

function padded(bytes: Buffer): string {
	return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

const now = Date.now();
const ours = () =>
	keys.filter(({ key }) => verifyLicenseKey(key, { publicKeys: imported, now }).valid);
const bare = () =>
	keys.filter(({ signed, signature }) => verify(null, signed, publicKey, signature));

const perSecond = (way: () => unknown[]) => async () => {
	const started = performance.now();
	if (way().length !== count) throw new Error('A genuine key was refused.');
	return count / ((performance.now() - started) / 1000);
};
await inTurn(2, { ours: perSecond(ours), bare: perSecond(bare) });
tell(await inTurn(rounds, { ours: perSecond(ours), bare: perSecond(bare) }));
