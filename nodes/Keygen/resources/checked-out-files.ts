import { resource } from '../row';
import { fileFields } from './verify-fields';

const SETTINGS = ['signatureAlgorithm', 'verifyAt', 'clockTolerance', 'stopOnInvalid'] as const;
const FILE = [
	'fileSource',
	'certificate',
	'inputBinaryField',
	'publicKeySource',
	'publicKey',
] as const;

export const licenseFile = resource({
	label: 'License File',
	type: 'license-files',
	docs: 'cryptography',
	description: "Files that 'Check Out' of a license gives",
	fields: fileFields({
		licenseKey: 'Decrypts an encrypted file. A plain one must be of the license with this key.',
	}),
	operations: {
		verify: {
			name: 'Verify',
			action: 'Verify license file',
			description:
				'Check a file without asking the service, and read it; one that is not valid is an answer',
			local: 'verifyLicenseFile',
			required: [...FILE],
			shown: ['licenseKey'],
			settings: [...SETTINGS],
			answer: 'documentVerdict',
		},
	},
});

export const machineFile = resource({
	label: 'Machine File',
	type: 'machine-files',
	docs: 'cryptography',
	description: "Files that 'Check Out' of a machine gives",
	fields: fileFields({
		licenseKey:
			'Decrypts an encrypted file, with the fingerprint. Where a file includes its license, that must have this key.',
		fingerprint:
			'Of the machine that the file must be of. Decrypts an encrypted file, with the license key.',
	}),
	operations: {
		verify: {
			name: 'Verify',
			action: 'Verify machine file',
			description:
				'Check a file without asking the service, and read it; one that is not valid is an answer',
			local: 'verifyMachineFile',
			required: [...FILE],
			shown: ['licenseKey', 'fingerprint'],
			settings: [...SETTINGS],
			answer: 'documentVerdict',
		},
	},
});
