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

describe('what the service means by', () => {
	const ids = async (operation: string, filters: INodeParameters) =>
		(await bench.get(operation, { returnAll: true, filters })).map(({ id }) => id);

	test('releases and artifacts without something', async () => {
		const product = bench.one('products');
		const packageId = bench.one('packages', {}, { product });
		const packed = bench.one('releases', { version: '3.0.0' }, { product, package: packageId });
		const bare = bench.one('releases', { version: '3.0.1' }, { product });
		const without = { product: chosen(product), withoutOfRelease: ['package'] };
		expect(await ids('release.getAll', without)).toEqual([bare]);
		bench.one('artifacts', { filetype: 'zip', platform: 'linux' }, { release: packed });
		const plain = bench.one(
			'artifacts',
			{ filetype: null, platform: 'linux' },
			{ release: packed },
		);
		expect(
			await ids('artifact.getAll', {
				release: chosen(packed),
				withoutOfArtifact: ['filetype'],
			}),
		).toEqual([plain]);
	});

	test('a value and none at once is refused by name', async () => {
		const filters = { filetype: 'zip', withoutOfArtifact: ['filetype'] };
		expect(await refusal('artifact.getAll', { filters })).toContain(
			"'Filetype' cannot be used together with its name in 'Without'",
		);
	});

	test('an assigned user is one who owns a license', async () => {
		const [owner, further] = [bench.one('users'), bench.one('users')];
		const license = bench.one('licenses', {}, { owner });
		bench.one('license-users', {}, { license, user: further });
		expect(await ids('user.getAll', { assigned: true })).toEqual([owner]);
	});
});

test('a file can be checked out that never expires', async () => {
	const [license] = bench.sandbox.world.store.all('licenses');
	const [{ certificate }] = await bench.get<{ id: string; certificate: string }>(
		'license.checkOutFile',
		{ license: chosen(license.id), additionalFields: { clear: ['fileTtl'] } },
	);
	const body = certificate.split('\n').slice(1, -2).join('');
	const { enc } = JSON.parse(Buffer.from(body, 'base64').toString()) as { enc: string };
	const { meta } = JSON.parse(Buffer.from(enc, 'base64').toString()) as { meta: unknown };
	expect(meta).toMatchObject({ ttl: null, expiry: null });
});

test('a component is made with its metadata along with its machine', async () => {
	const [license] = bench.sandbox.world.store.all('licenses');
	const [machine] = await bench.get('machine.create', {
		license: chosen(license.id),
		fingerprint: 'with-parts',
		additionalFields: {
			components: {
				entries: [{ fingerprint: 'board', name: 'Board', metadata: '{"serial":"42"}' }],
			},
		},
	});
	const parts = await bench.get('machine.getComponents', { machine: chosen(machine.id) });
	expect(parts).toMatchObject([{ fingerprint: 'board', metadata: { serial: '42' } }]);
});

test('a record is put into the global environment by clearing its environment', async () => {
	const [group] = await bench.get('group.create', {
		name: 'Global',
		additionalFields: { clear: ['environment'] },
	});
	expect(group).toMatchObject({ environmentId: null });
});
