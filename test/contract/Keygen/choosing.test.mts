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

test('every list that a property names is there', () => {
	const text = JSON.stringify(properties(TABLE));
	for (const [, method] of text.matchAll(/"searchListMethod":"(\w+)"/g))
		expect(listSearch).toHaveProperty(method);
	for (const [, method] of text.matchAll(/"loadOptionsMethod":"(\w+)"/g))
		expect(loadOptions).toHaveProperty(method);
});
