import {
	attributes,
	choice,
	environment,
	list,
	metadata,
	permissions,
	relationships,
	text,
} from '../fields';
import { resource } from '../row';
import { members } from '../parts/members';
import { TOKEN_FIELDS, tokenRows } from '../parts/token-fields';

const of = (
	path: string,
	record: string,
	one: string,
	filters?: Parameters<typeof members>[1]['filters'],
) => members('product', { path, record, one, many: path, filters });
const optional = [
	'code',
	'distributionStrategy',
	'url',
	'platforms',
	'permissions',
	'metadata',
] as const;

export const product = resource({
	label: 'Product',
	type: 'products',
	docs: 'products',
	fields: {
		...TOKEN_FIELDS,
		...attributes({
			name: text('Name', { placeholder: 'e.g. My App' }),
			code: text('Code', {
				placeholder: 'e.g. my-app',
				description: 'Short name by which the product can be found',
			}),
			distributionStrategy: choice('Distribution Strategy', ['CLOSED', 'LICENSED', 'OPEN'], {
				nullable: true,
				description: 'Who can download releases: nobody, those with a license, or everybody',
			}),
			url: text('URL', { nullable: true, placeholder: 'e.g. https://example.com' }),
			platforms: list('Platforms', { placeholder: 'e.g. macOS, Windows' }),
			metadata,
			permissions,
		}),
		...relationships({ environment }),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create product',
			request: 'POST /products',
			required: ['name'],
			optional: [...optional, 'environment'],
		},
		get: { name: 'Get', action: 'Get product', request: 'GET /products/{product}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many products',
			request: 'GET /products',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update product',
			request: 'PATCH /products/{product}',
			optional: ['name', ...optional],
		},
		delete: {
			name: 'Delete',
			action: 'Delete product',
			request: 'DELETE /products/{product}',
			note: 'Everything that belongs to the product is deleted with it.',
		},
		...of('policies', 'policy', 'policy'),
		...of('licenses', 'license', 'license', ['policy', 'user', 'suspended']),
		...of('machines', 'machine', 'machine', ['fingerprint', 'license', 'user']),
		...of('users', 'user', 'user', ['roles']),
		...of('packages', 'package', 'package', ['engine']),
		...of('engines', 'engine', 'engine'),
		...of('releases', 'release', 'release', ['yanked', 'package', 'engine', 'channel']),
		...of('artifacts', 'artifact', 'artifact', [
			'channel',
			'artifactStatus',
			'filetype',
			'platform',
			'package',
			'engine',
			'arch',
		]),
		getArtifact: {
			name: 'Get Artifact',
			action: 'Get product artifact',
			request: 'GET /products/{product}/artifacts/{artifact}',
			headers: { Prefer: 'no-download' },
		},
		...of('platforms', 'platform', 'platform'),
		...of('arches', 'arch', 'arch'),
		...of('channels', 'channel', 'channel'),
		...tokenRows('product', 'products', ['tokenExpiry', 'tokenName', 'permissions', 'environment']),
	},
});
