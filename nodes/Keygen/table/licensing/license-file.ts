import { resource } from '../resource';
import { FILE, FILE_SETTINGS, fileFields } from '../parts/verify-fields';

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
			settings: [...FILE_SETTINGS],
			answer: 'documentVerdict',
		},
	},
});
