import { capital } from '../../../shared/words';
import { choice, choices, inputs, meta, number, query, text, flag } from '../fields';

/** `alg` of a license or machine file: how it is enclosed, and how it is signed. */
const ALGORITHMS = Object.fromEntries(
	['aes-256-gcm', 'base64'].flatMap((enclosed) =>
		['ecdsa-p256', 'ed25519', 'rsa-pss-sha256', 'rsa-sha256'].map((signed) => {
			const value = `${enclosed}+${signed}`;
			return [value, value];
		}),
	),
);

/** Where binary data goes, for the operations that give a file. */
export const binaryProperty = text('Put Output in Field', {
	default: 'data',
	description: 'Name of the binary field that the file goes to',
});

/** The fields of a check-out, for the JSON form (`meta`) and the file form (query). */
export function checkOut(includable: string[]) {
	const names = Object.fromEntries(
		includable.map((name) => [name, name.split('.').map(capital).join(' ')]),
	);
	const encrypt = flag('Encrypt', 'only someone who knows the license key can read the file');
	const algorithm = choice('Algorithm', ALGORITHMS, {
		default: 'base64+ed25519',
		description:
			"One that starts with aes-256-gcm needs 'Encrypt', one with base64 must be without it. Follows from the policy's scheme when not given.",
	});
	const ttl = number('Time to Live (Seconds)', {
		min: 3600,
		default: 2592000,
		nullable: 'Never Expires',
		description: 'For how long the file is good; a month when not given',
	});
	const include = choices('Include', names, { description: 'Records to put in the file' });
	return {
		...meta({ encrypt, algorithm, ttl, fileInclude: { ...include, at: 'meta.include' } }),
		...query({
			encryptFile: { ...encrypt, at: 'query.encrypt' },
			fileAlgorithm: { ...algorithm, at: 'query.algorithm' },
			fileTtl: { ...ttl, at: 'query.ttl' },
			includeInFile: { ...include, at: 'query.include[]' },
		}),
		...inputs({ binaryProperty }),
	};
}
