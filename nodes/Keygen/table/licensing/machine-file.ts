import { resource } from '../resource';
import { FILE, FILE_SETTINGS, fileFields } from '../parts/verify-fields';

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
			settings: [...FILE_SETTINGS],
			answer: 'documentVerdict',
		},
	},
});
