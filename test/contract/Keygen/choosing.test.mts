import { Readable } from 'node:stream';
import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { Keygen } from '../../../nodes/Keygen/Keygen.node';
import { properties } from '../../../nodes/Keygen/panel/properties';
import { TABLE } from '../../../nodes/Keygen/table/table';
import { openWorkbench, type Workbench } from './workbench.mts';

/** The context that n8n gives to the lists of the panel, with plain fetch for its request helper. */
function panel(
	{ sandbox }: Workbench,
	token = sandbox.adminToken,
	parameters: Record<string, unknown> = {},
): ILoadOptionsFunctions {
	const httpRequest = async ({ url, ...options }: IHttpRequestOptions) => {
		const answer = await fetch(url, { ...(options as RequestInit), redirect: 'manual' });
		return {
			statusCode: answer.status,
			headers: Object.fromEntries(answer.headers),
			body: Readable.from([Buffer.from(await answer.arrayBuffer())]),
		};
	};
	return {
		getCredentials: async () => ({
			host: 'selfHosted',
			baseUrl: sandbox.url,
			selfHostedAccount: sandbox.accountId,
			authentication: 'token',
			token,
		}),
		getCurrentNodeParameter: (name: string) => parameters[name],
		getNode: () => ({ name: 'Keygen' }),
		helpers: { httpRequest },
	} as unknown as ILoadOptionsFunctions;
}

const { listSearch, loadOptions } = new Keygen().methods;
const names = ({ results }: { results: Array<{ name: string }> }) =>
	results.map(({ name }) => name);

describe.each(['1.7.0', '1.6.0'] as const)('a server of version %s', (release) => {
	let bench: Workbench;
	beforeAll(async () => {
		bench = await openWorkbench({ release });
		bench.sandbox.seed({ type: 'licenses', count: 250, attributes: { name: 'License {n}' } });
	});

	test('lists records page by page', async () => {
		const found: string[] = [];
		for (let token: string | undefined; ; ) {
			const page = await listSearch.searchLicense.call(panel(bench), undefined, token);
			found.push(...page.results.map(({ value }) => String(value)));
			token = page.paginationToken as string | undefined;
			if (!token) break;
		}
		expect(found).toHaveLength(250);
		expect(new Set(found).size).toBe(250);
	});

	test('finds a record by its name, for a token that may search and for one that may not', async () => {
		const [product] = bench.sandbox.world.store.all('products');
		for (const token of [bench.sandbox.adminToken, bench.sandbox.tokenFor(product)]) {
			const page = await listSearch.searchLicense.call(panel(bench, token), 'License 249');
			expect(names(page)).toEqual([expect.stringMatching(/^License 249 \(/)]);
		}
	});
});

test('a list that hangs on another record asks for that first', async () => {
	const bench = await openWorkbench();
	const [factor] = bench.sandbox.seed({ type: 'second-factors' });
	await expect(listSearch.searchSecondFactor.call(panel(bench), '')).rejects.toThrow(
		"Choose 'User' first",
	);
	const user = { __rl: true, mode: 'id', value: factor.links.user };
	expect(
		(await listSearch.searchSecondFactor.call(panel(bench, undefined, { user }), '')).results,
	).toMatchObject([{ value: factor.id }]);
});

test('multi-select lists show all records', async () => {
	const bench = await openWorkbench();
	bench.sandbox.seed({
		type: 'entitlements',
		count: 130,
		attributes: { name: 'E {n}', code: 'E_{n}' },
	});
	const options = await loadOptions.getEntitlements.call(panel(bench));
	expect(options).toHaveLength(130);
	expect(options.map(({ name }) => name)).toContain('E 7 (E_7)');
});

test('a credential that does not work says so in the list, without the token', async () => {
	const bench = await openWorkbench();
	await expect(listSearch.searchLicense.call(panel(bench, 'admin-wrong-v3'), '')).rejects.toThrow(
		'Keygen does not know the token',
	);
});

describe('what a list shows', () => {
	let bench: Workbench;
	beforeAll(async () => {
		bench = await openWorkbench();
	});
	const one = (type: string, attributes = {}, relationships: Record<string, string> = {}) =>
		bench.sandbox.seed({ type, attributes, relationships })[0];
	const shown = async (list: string, filter = '', parameters = {}) =>
		names(await listSearch[list].call(panel(bench, undefined, parameters), filter));

	test('of keys is their end at most, since the name is stored in the workflow', async () => {
		const policy = one('policies', { usePool: true, name: 'Pool' });
		const license = one('licenses', { key: 'SECRET-LICENSE-KEY-0123456789-WXYZ' });
		one('licenses', { name: 'Jane', key: 'ANOTHER-LICENSE-KEY-0123456789-ABCD' });
		one('licenses', { name: 'Joe', key: 'short-key' });
		const pooled = one('keys', { key: 'SECRET-POOLED-KEY-0123456789-QRST' }, { policy: policy.id });
		const parameters = { policy: { __rl: true, mode: 'id', value: policy.id } };
		const lists = await Promise.all([
			shown('searchLicense'),
			shown('searchLicense', license.facts.key ?? ''),
			shown('searchKey'),
			shown('searchPoolKey', '', parameters),
		]);
		expect(JSON.stringify(lists)).not.toMatch(/SECRET|ANOTHER|short-key/);
		expect(lists[0]).toContain('Jane (…ABCD)');
		expect(lists[0]).toContain(`${license.id.slice(0, 8)} (…WXYZ)`);
		expect(lists[1]).toEqual([`${license.id.slice(0, 8)} (…WXYZ)`]);
		expect(lists[2]).toContain(`${pooled.id.slice(0, 8)} (…QRST)`);
		expect(lists[3]).toEqual([`${pooled.id.slice(0, 8)} (…QRST)`]);
	});

	test('is found by all that it shows, also by what the service does not search', async () => {
		one('products', { name: 'Photo Editor', code: 'pixel-app' });
		one('releases', { name: 'Winter Edition', version: '7.1.0' });
		one('licenses', { name: 'By Key', key: 'LICENSE-PART-OF-A-KEY-987654321' });
		expect(await shown('searchProduct', 'pixel')).toEqual(['Photo Editor (pixel-app)']);
		expect(await shown('searchRelease', 'winter')).toEqual(['Winter Edition (7.1.0)']);
		expect(await shown('searchLicense', 'part-of-a-key')).toEqual(['By Key (…4321)']);
	});

	test('goes on beyond a hundred matches', async () => {
		bench.sandbox.seed({ type: 'groups', count: 230, attributes: { name: 'Department {n}' } });
		const found: string[] = [];
		for (let token: string | undefined; ; ) {
			const page = await listSearch.searchGroup.call(panel(bench), 'Department', token);
			found.push(...names(page));
			token = page.paginationToken as string | undefined;
			if (!token) break;
		}
		expect(new Set(found).size).toBe(230);
	});

	test('of users includes admins', async () => {
		expect(await shown('searchUser')).toContainEqual(expect.stringContaining('admin@example.com'));
	});

	test('names what explains a record that has no name, or no name of its own', async () => {
		const product = one('products', { name: 'Suite' });
		one('policies', { name: 'Yearly' }, { product: product.id });
		expect(await shown('searchPolicy', 'yearly')).toEqual(['Yearly (Suite)']);
		const release = one('releases', {}, { product: product.id });
		const entitlement = one('entitlements', { name: 'Export', code: 'EXPORT' });
		one('constraints', {}, { release: release.id, entitlement: entitlement.id });
		const chosenRelease = { release: { __rl: true, mode: 'id', value: release.id } };
		expect(await shown('searchConstraint', '', chosenRelease)).toEqual(['Export (EXPORT)']);
		const user = one('users', { email: 'owner@example.com' });
		const group = one('groups', { name: 'Owned' });
		one('group-owners', {}, { group: group.id, user: user.id });
		const chosenGroup = { group: { __rl: true, mode: 'id', value: group.id } };
		expect(await shown('searchGroupOwner', '', chosenGroup)).toEqual(['owner@example.com']);
	});

	test('to a token that may not list such records is its own one', async () => {
		const product = one('products', { name: 'Mine', code: 'mine' });
		const token = bench.sandbox.tokenFor(product);
		const page = await listSearch.searchProduct.call(panel(bench, token), '');
		expect(names(page)).toEqual(['Mine (mine)']);
		const license = one('licenses', { name: 'My License', key: 'MY-OWN-LICENSE-KEY-0001' });
		const own = await listSearch.searchLicense.call(
			panel(bench, bench.sandbox.tokenFor(license)),
			'',
		);
		expect(names(own)).toEqual(['My License (…0001)']);
	});
});

test('every list that a property names is there', () => {
	const text = JSON.stringify(properties(TABLE));
	for (const [, method] of text.matchAll(/"searchListMethod":"(\w+)"/g))
		expect(listSearch).toHaveProperty(method);
	for (const [, method] of text.matchAll(/"loadOptionsMethod":"(\w+)"/g))
		expect(loadOptions).toHaveProperty(method);
});
