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
import type { FilterName } from '../filters';
import { RECORDS, type RecordName } from '../records';
import { resource } from '../resource';
import { members } from '../parts/members';
import { TOKEN_FIELDS, tokenRows } from '../parts/token-fields';

const of = (record: RecordName, filters?: readonly FilterName[]) => {
	const path = RECORDS[record].type;
	return members('product', { path, record, one: record, many: path, filters });
};
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
				default: 'LICENSED',
				description: 'Who can download releases: nobody, those with a license, or everybody',
			}),
			url: text('URL', { nullable: true, placeholder: 'e.g. https://example.com' }),
			platforms: list('Platforms', { nullable: true, placeholder: 'e.g. macOS, Windows' }),
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
			notice:
				'Deletes the policies, licenses, machines and releases of the product as well. This cannot be undone.',
			note: 'Everything that belongs to the product is deleted with it.',
		},
		...of('policy'),
		...of('license', ['policy', 'user', 'suspended']),
		...of('machine', ['fingerprint', 'license', 'user']),
		...of('user', ['roles']),
		...of('package', ['engine']),
		...of('engine'),
		...of('release', ['yanked', 'package', 'engine', 'channel']),
		...members('product', {
			path: 'artifacts',
			record: 'artifact',
			one: 'artifact',
			many: 'artifacts',
			filters: ['channel', 'artifactStatus', 'filetype', 'platform', 'package', 'engine', 'arch'],
			headers: { Prefer: 'no-download' },
		}),
		...of('platform'),
		...of('arch'),
		...of('channel'),
		...tokenRows('product', ['tokenExpiry', 'tokenName', 'permissions', 'environment']),
	},
});
