import { readInputs } from '../../../nodes/Keygen/input/inputs';
import { buildRequest, unresolved } from '../../../nodes/Keygen/run/build-request';
import { queryString, type ServiceRequest } from '../../../nodes/Keygen/service/request';
import { TABLE } from '../../../nodes/Keygen/table/table';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const NEW = '99999999-9999-4999-8999-999999999999';

function request(name: string, parameters: object): ServiceRequest & { looksUp: string[] } {
	const [resourceName, operation] = name.split('.');
	const resource = TABLE[resourceName];
	const row = resource.operations[operation];
	if (row.local !== undefined) throw new Error(`${name} sends no request`);
	const read = readInputs(row, resource, parameters as never, 'UTC');
	if (!read.ok) throw new Error(read.failure.message);
	const inputs = read.value;
	const looksUp = unresolved(row, inputs).map(({ value }) => value);
	return {
		...buildRequest(
			row,
			resource,
			inputs,
			({ value }) => (looksUp.includes(value) ? OTHER : value),
			() => NEW,
		),
		looksUp,
	};
}

test('a license is created as the service wants it', () => {
	const { method, path, body, repeatable, looksUp } = request('license.create', {
		policy: { mode: 'id', value: ID },
		additionalFields: {
			name: 'Jane',
			maxMachines: '3',
			expiry: '2027-01-31',
			owner: { mode: 'email', value: 'jane@example.com' },
			clear: ['maxUses'],
		},
	});
	expect({ method, path, repeatable, looksUp }).toEqual({
		method: 'POST',
		path: '/licenses',
		repeatable: true,
		looksUp: ['jane@example.com'],
	});
	expect(body).toEqual({
		data: {
			type: 'licenses',
			id: NEW,
			attributes: {
				name: 'Jane',
				maxMachines: 3,
				expiry: '2027-01-31T00:00:00.000Z',
				maxUses: null,
			},
			relationships: {
				policy: { data: { type: 'policies', id: ID } },
				owner: { data: { type: 'users', id: OTHER } },
			},
		},
	});
});

test.each([
	['a plain key', 'AAAA-BBBB', '/licenses/AAAA-BBBB'],
	['a signed key', 'key/abc==.def==', '/licenses/key%2Fabc%3D%3D%2Edef%3D%3D'],
	['a key that looks like a path', '../users?x#y', '/licenses/%2E%2E%2Fusers%3Fx%23y'],
])('%s is one segment of the path', (_, key, path) => {
	expect(request('license.get', { license: { mode: 'key', value: key } }).path).toBe(path);
});

test.each(['.', '..'])('%s, which would name another path, is refused', (value) => {
	expect(() => request('license.get', { license: { mode: 'key', value } })).toThrow(
		/names no license/,
	);
});

test('a delete looks up an alias, a get does not', () => {
	const license = { mode: 'key', value: 'AAAA' };
	expect(request('license.delete', { license })).toMatchObject({
		looksUp: ['AAAA'],
		path: `/licenses/${OTHER}`,
	});
	expect(request('license.get', { license })).toMatchObject({
		looksUp: [],
		path: '/licenses/AAAA',
	});
});

test.each([
	[
		'a list of records',
		'license.attachUsers',
		{ license: ID, users: [ID, OTHER] },
		[
			{ type: 'users', id: ID },
			{ type: 'users', id: OTHER },
		],
	],
	[
		'texts with commas',
		'license.attachUsers',
		{ license: ID, users: `${ID}, ${OTHER}` },
		[
			{ type: 'users', id: ID },
			{ type: 'users', id: OTHER },
		],
	],
	['one record', 'license.changeOwner', { license: ID, newOwner: ID }, { type: 'users', id: ID }],
	['no record', 'license.removeOwner', { license: ID }, null],
	[
		'wrapped records',
		'release.attachConstraints',
		{ release: ID, newConstraints: [OTHER] },
		[
			{
				type: 'constraints',
				relationships: { entitlement: { data: { type: 'entitlements', id: OTHER } } },
			},
		],
	],
])('%s become linkages', (_, name, parameters, data) => {
	expect(request(name, parameters).body).toEqual({ data });
});

test('a validation has its scope under meta, and only what was entered', () => {
	const { body } = request('license.validate', {
		license: ID,
		additionalFields: {
			scopeFingerprint: 'aa:bb',
			scopeEntitlements: 'A, B',
			scopeVersion: '',
			scopeProduct: { mode: 'list', value: ID },
			clear: ['scopeUser'],
		},
		options: { nonce: 7 },
	});
	expect(body).toEqual({
		meta: {
			scope: { fingerprint: 'aa:bb', entitlements: ['A', 'B'], product: ID, user: null },
			nonce: 7,
		},
	});
});

test('an action without fields has no body', () => {
	expect(request('license.suspend', { license: ID })).not.toHaveProperty('body');
});

test('filters become query parameters in the form of the service', () => {
	const { query } = request('license.getAll', {
		filters: {
			metadata: { pairs: [{ name: 'plan', value: 'pro' }] },
			activationsAtLeast: 2,
			expiresWithin: 'P30D',
			suspended: false,
			licenseStatus: 'ACTIVE',
			product: ID,
		},
	});
	expect(Object.fromEntries(query)).toEqual({
		'metadata[plan]': 'pro',
		'activations[gte]': '2',
		'expires[within]': 'P30D',
		suspended: 'false',
		status: 'ACTIVE',
		product: ID,
	});
	expect(
		queryString([
			['page[size]', '100'],
			['a', 'x&y=ü'],
		]),
	).toBe('?page%5Bsize%5D=100&a=x%26y%3D%C3%BC');
});

test('metadata takes values of any kind as JSON, over single values', () => {
	const { body } = request('user.create', {
		email: 'a@example.com',
		additionalFields: {
			metadata: {
				pairs: [
					{ name: 'a', value: '1' },
					{ name: 'b', value: '2' },
				],
			},
			metadataJson: '{"b": 3, "c": {"d": true}}',
		},
	});
	expect((body?.data as { attributes: object }).attributes).toEqual({
		email: 'a@example.com',
		metadata: { a: '1', b: 3, c: { d: true } },
	});
});

test('a password goes in place of the credential, and not into the body', () => {
	const { login, body } = request('token.generateForPassword', {
		email: 'a@example.com',
		password: 'pa:ss',
	});
	expect(login).toEqual({ email: 'a@example.com', password: 'pa:ss' });
	expect(JSON.stringify(body)).not.toContain('pa:ss');
});
