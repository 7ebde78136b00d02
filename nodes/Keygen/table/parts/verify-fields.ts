import { choice, dateTime, flag, inputs, number, text } from '../fields';
import { LICENSE_KEY_SCHEMES } from '../../crypto/keys/license-key';
import { SIGNATURE_ALGORITHMS } from '../../crypto/signature-algorithm';

/** How far clocks may be apart, in the checks of files and of answers. */
const clockTolerance = number('Clock Tolerance (Seconds)', {
	default: 300,
	description: "How far n8n's clock and Keygen's may be apart; 300 when not given",
});

/** What all checks without a request have in common. */
const COMMON = {
	publicKeySource: choice(
		'Public Key From',
		{ account: 'Account of the Credential', pasted: 'Pasted Key' },
		{
			default: 'account',
			decides: true,
			description:
				'Where the key comes from that signatures are held against. The account is asked once in a run. With a pasted key nothing is sent, and no credential is needed.',
		},
	),
	publicKey: text('Public Key', {
		multiline: true,
		when: { field: 'publicKeySource', is: 'pasted' },
		placeholder: 'e.g. 799efc7752286e6c3815b13358d98fc0f0b566764458adcb48f1be2c10a55906',
		description:
			"From the account's settings in the Keygen dashboard: hexadecimal, PEM, or base64 of either. Never from what is verified.",
	}),
	verifyAt: dateTime('Verify At', { description: 'Moment to verify for; now when not given' }),
	clockTolerance,
	stopOnInvalid: flag(
		'Stop on Invalid',
		"what is not valid is an error, which stops the workflow or takes the error branch; otherwise it is an answer with 'valid' and 'code'",
	),
};

/** The fields of 'Verify Key'. */
export const KEY_FIELDS = inputs({
	...COMMON,
	signedLicenseKey: text('License Key', {
		secret: true,
		untrusted: true,
		placeholder: 'e.g. key/eyJhY2NvdW50Ijp7…',
		description: 'Of a policy with a scheme; other keys hold no signature',
	}),
	keyScheme: choice('Scheme', LICENSE_KEY_SCHEMES, {
		default: 'ED25519_SIGN',
		description: 'That the key must have; found out by its form when not given',
	}),
});

/** The fields of 'Verify Offline Proof'. */
export const PROOF_FIELDS = inputs({
	publicKeySource: COMMON.publicKeySource,
	publicKey: COMMON.publicKey,
	stopOnInvalid: COMMON.stopOnInvalid,
	offlineProof: text('Proof', {
		multiline: true,
		untrusted: true,
		placeholder: 'e.g. proof/eyJhY2NvdW50Ijp7…',
		description: "As 'Generate Offline Proof' gives it",
	}),
});

/** The fields of 'Verify' for files; the texts differ by what the file is of. */
export function fileFields(descriptions: { licenseKey: string; fingerprint?: string }) {
	return inputs({
		fileSource: choice(
			'File From',
			{ binary: 'Binary Field', text: 'Text' },
			{ default: 'text', decides: true },
		),
		certificate: text('File', {
			multiline: true,
			untrusted: true,
			when: { field: 'fileSource', is: 'text' },
			default: '={{ $json.certificate }}',
			description: 'The whole text, from -----BEGIN to -----END',
		}),
		inputBinaryField: text('Input Binary Field', {
			when: { field: 'fileSource', is: 'binary' },
			default: 'data',
			description: 'Name of the binary field of the item that holds the file',
		}),
		...COMMON,
		licenseKey: text('License Key', {
			secret: true,
			untrusted: true,
			description: descriptions.licenseKey,
		}),
		...(descriptions.fingerprint === undefined
			? {}
			: {
					fingerprint: text('Fingerprint', {
						untrusted: true,
						description: descriptions.fingerprint,
					}),
				}),
		signatureAlgorithm: choice(
			'Signature Algorithm',
			Object.fromEntries(Object.keys(SIGNATURE_ALGORITHMS).map((name) => [name, name])),
			{
				default: 'ed25519',
				description: 'That the file must be signed with; as the file says when not given',
			},
		),
	});
}

/** The options by which an answer of the service is held against its signature. */
export const RESPONSE_FIELDS = inputs({
	verifyResponse: flag(
		'Verify Response',
		"the answer must carry the account's signature over exactly what arrived; an answer without one fails the item, and nothing of it goes out",
	),
	responsePublicKey: text('Response Public Key', {
		multiline: true,
		placeholder: 'e.g. 799efc7752286e6c3815b13358d98fc0f0b566764458adcb48f1be2c10a55906',
		description: "For 'Verify Response'; asked of the credential's account when not given",
	}),
	clockTolerance,
});
export const RESPONSE_SETTINGS = ['verifyResponse', 'responsePublicKey', 'clockTolerance'] as const;

/** Settings of the verification of a file. */
export const FILE_SETTINGS = [
	'signatureAlgorithm',
	'verifyAt',
	'clockTolerance',
	'stopOnInvalid',
] as const;

/** Where a file comes from, and the key that verifies it. */
export const FILE = [
	'fileSource',
	'certificate',
	'inputBinaryField',
	'publicKeySource',
	'publicKey',
] as const;
