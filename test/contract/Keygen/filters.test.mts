import type { INodeParameters } from 'n8n-workflow';

import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
	bench.sandbox.seed({ type: 'licenses', count: 3 });
});
beforeEach(() => bench.sent());

async function refusal(operation: string, parameters: INodeParameters): Promise<string> {
	const { error } = await bench.run(operation, parameters);
	expect(bench.sent()).toEqual([]);
	return `${error?.message} ${error?.description}`;
}

describe('a filter that comes to nothing', () => {
	test.each<[string, unknown, string]>([
		['product', chosen('={{ $json.missing }}'), 'Product'],
		['product', '={{ null }}', 'Product'],
		['licenseStatus', '={{ $json.missing }}', 'Status'],
		['expiresBefore', '', 'Expires Before'],
		['suspended', '={{ undefined }}', 'Suspended'],
		['activationsAtMost', '={{ "" }}', 'Activations at Most'],
		['metadata', {}, 'Metadata'],
		['metadata', { pairs: [{ name: 'orderId', value: '={{ $json.missing }}' }] }, 'Metadata'],
		['metadata', { pairs: [{ name: '', value: 'x' }] }, 'Metadata'],
		['metadata', '={{ ({}) }}', 'Metadata'],
	])('does not list the whole account: %s as %j', async (name, value, label) => {
		const filters = { [name]: value } as INodeParameters;
		expect(await refusal('license.getAll', { returnAll: true, filters })).toContain(
			`The filter '${label}' is empty`,
		);
	});

	test('does not list all logs, releases or tokens either', async () => {
		expect(await refusal('release.getAll', { filters: { constraints: '={{ [] }}' } })).toContain(
			"The filter 'Constraints' is empty",
		);
		expect(await refusal('token.getAll', { filters: { bearerId: ' ' } })).toContain(
			"The filter 'Bearer ID' is empty",
		);
	});
});

test.each<[string, INodeParameters]>([
	[
		"'Expires Before' and 'Expires After'",
		{ expiresBefore: '2030-01-01', expiresAfter: '2029-01-01' },
	],
	["'Expired' and 'Expired Within'", { expired: true, expiredWithin: 'P30D' }],
	["'Active Within' and 'Inactive For'", { activeWithin: 'P30D', inactiveFor: 'P1D' }],
	[
		"'Activations More Than' and 'Activations Fewer Than'",
		{ activationsAbove: 1, activationsBelow: 5 },
	],
])(
	'filters of which the service takes only one are refused by name: %s',
	async (names, filters) => {
		const message = await refusal('license.getAll', { filters });
		for (const name of names.split(' and ')) expect(message).toContain(name);
		expect(message).toContain('cannot be used together');
	},
);

test.each<[string, unknown, string]>([
	['expiresWithin', 'P30D', 'expires[within]=P30D'],
	['expiresBefore', '2030-01-01', 'expires[before]=2030-01-01T00:00:00'],
	['expiresAfter', '2030-01-01', 'expires[after]=2030-01-01T00:00:00'],
	['expiresOn', '2030-01-01', 'expires[on]=2030-01-01'],
	['expired', true, 'expired=true'],
	['expiredWithin', 'P30D', 'expired[within]=P30D'],
	['expiredBefore', '2030-01-01', 'expired[before]=2030-01-01T00:00:00'],
	['expiredAfter', '2030-01-01', 'expired[after]=2030-01-01T00:00:00'],
	['expiredOn', '2030-01-01', 'expired[on]=2030-01-01'],
	['activeWithin', 'P30D', 'activity[inside]=P30D'],
	['inactiveFor', 'P30D', 'activity[outside]=P30D'],
	['activeBefore', '2030-01-01', 'activity[before]=2030-01-01T00:00:00'],
	['activeAfter', '2030-01-01', 'activity[after]=2030-01-01T00:00:00'],
	['activationsAbove', 3, 'activations[gt]=3'],
	['activationsAtLeast', 3, 'activations[gte]=3'],
	['activationsBelow', 3, 'activations[lt]=3'],
	['activationsAtMost', 3, 'activations[lte]=3'],
])('the filter %s goes out by itself', async (name, value, sent) => {
	await bench.run('license.getAll', { filters: { [name]: value } as INodeParameters });
	const [{ url, status }] = bench.sandbox.requests.entries.slice(-1);
	expect([status, decodeURIComponent(url)]).toEqual([200, expect.stringContaining(sent)]);
});

describe('a period', () => {
	test.each([
		['30d', 'P30D'],
		['p30d', 'P30D'],
		['P1W2D', 'P9D'],
		['P1M1W', 'P1M7D'],
		['2w', 'P2W'],
		['1h', 'PT1H'],
		['pt1h30m', 'PT1H30M'],
		['3600', '3600'],
	])('written as %s goes out as %s, which every server reads', async (given, sent) => {
		await bench.get('license.getAll', { filters: { expiresWithin: given } });
		expect(bench.sent()[0]).toContain(`expires[within]=${sent}`);
	});

	test.each(['P', 'PT', '1 month', 'P1.5D', 'soon', '1x', 'P1D1W'])(
		'that no server reads is refused: %s',
		async (given) => {
			expect(await refusal('license.getAll', { filters: { expiresWithin: given } })).toContain(
				"'Expires Within' is",
			);
		},
	);
});

test.each([0, -5, 'abc', '', 1.5, null])('a limit of %j is refused by name', async (limit) => {
	expect(await refusal('license.getAll', { returnAll: false, limit })).toContain("'Limit' is");
});
