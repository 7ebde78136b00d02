import { attributes, environment, metadata, number, record, relationships, text } from '../fields';
import { resource } from '../resource';
import { FILE_FIELDS } from '../parts/file-fields';

const optional = [
	'filetype',
	'platform',
	'arch',
	'signature',
	'checksum',
	'metadata',
	'environment',
] as const;

export const artifact = resource({
	label: 'Artifact',
	type: 'artifacts',
	docs: 'artifacts',
	fields: {
		...FILE_FIELDS,
		...attributes({
			filename: text('Filename', { placeholder: 'e.g. App-1.0.0.dmg' }),
			uploadedFilename: text('Filename', {
				at: 'attributes.filename',
				placeholder: 'e.g. App-1.0.0.dmg',
				description: "The binary data's own when not given",
			}),
			filesize: number('Filesize', { nullable: true, description: 'In bytes' }),
			filetype: text('Filetype', { nullable: true, placeholder: 'e.g. dmg' }),
			platform: text('Platform', { nullable: true, placeholder: 'e.g. darwin' }),
			arch: text('Arch', { nullable: true, placeholder: 'e.g. amd64' }),
			signature: text('Signature', { nullable: true }),
			checksum: text('Checksum', { nullable: true }),
			metadata,
		}),
		...relationships({ release: record('Release', 'release'), environment }),
	},
	operations: {
		upload: {
			name: 'Upload',
			action: 'Upload artifact',
			description: 'Add a file to a release',
			request: 'POST /artifacts',
			required: ['release', 'inputBinaryField'],
			optional: ['uploadedFilename', ...optional],
			compound: 'uploadArtifact',
		},
		create: {
			name: 'Create',
			action: 'Create artifact',
			description: "Add an artifact without its content; 'uploadUrl' says where that can be sent",
			request: 'POST /artifacts',
			required: ['release', 'filename'],
			optional: ['filesize', ...optional],
			headers: { Prefer: 'no-redirect' },
			uploadUrl: true,
		},
		download: {
			name: 'Download',
			action: 'Download artifact',
			request: 'GET /artifacts/{artifact}',
			settings: ['binaryProperty', 'linkTtl'],
			compound: 'downloadArtifact',
		},
		get: {
			name: 'Get',
			action: 'Get artifact',
			request: 'GET /artifacts/{artifact}',
			headers: { Prefer: 'no-download' },
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many artifacts',
			request: 'GET /artifacts',
			answer: 'list',
			filters: [
				'channel',
				'product',
				'release',
				'artifactStatus',
				'package',
				'engine',
				'filetype',
				'platform',
				'arch',
				'withoutOfArtifact',
			],
		},
		update: {
			name: 'Update',
			action: 'Update artifact',
			request: 'PATCH /artifacts/{artifact}',
			optional: ['filesize', 'signature', 'checksum', 'metadata'],
		},
		delete: {
			name: 'Yank',
			action: 'Yank artifact',
			description: 'Delete an artifact',
			request: 'DELETE /artifacts/{artifact}',
		},
	},
});
