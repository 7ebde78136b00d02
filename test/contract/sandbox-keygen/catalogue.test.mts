import { catalogue, operations } from '../../../sandbox/keygen/catalogue.mts';
import { allRows } from '../../../sandbox/keygen/routes/all-rows.mts';
import type { Seed } from '../../../sandbox/keygen/seeding/needs.mts';
import { openClient } from './client.mts';
import type { Client } from './client.mts';

/** Paths are the same whatever their parameters are called. */
const shape = (method: string, path: string) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`;

const documented = operations().flatMap(({ methods, path }) =>
	methods.map((method) => shape(method, path)),
);
const routed = allRows.flatMap(({ route }) => {
	const [methods, path] = route.split(' ');
	return methods.split('|').map((method) => shape(method, path));
});

/** Older names of routes, which the catalogue mentions beside the current ones. */
const aliases = [
	'PUT /licenses/{}/user',
	'POST /machines/{}/actions/ping-heartbeat',
	'POST /machines/{}/actions/reset-heartbeat',
	'GET /machines/{}/user',
];

test('the catalogue holds the 277 documented operations', () => {
	expect(Object.values(catalogue).flat()).toHaveLength(277);
});

test('every documented operation has a route', () => {
	expect(documented.filter((operation) => !routed.includes(operation))).toEqual([]);
});

test('every route is a documented operation or one of its older names', () => {
	expect(routed.filter((operation) => !documented.includes(operation))).toEqual(aliases);
});

test('no route is written twice', () => {
	expect(routed.filter((operation, index) => routed.indexOf(operation) !== index)).toEqual([]);
});

describe('over HTTP', () => {
	let client: Client;
	const ids: Record<string, string> = {};

	beforeAll(async () => {
		client = await openClient();
		const types = [
			'products',
			'policies',
			'users',
			'groups',
			'entitlements',
			'licenses',
			'machines',
			'components',
			'processes',
			'packages',
			'releases',
			'artifacts',
			'environments',
			'webhook-endpoints',
			'webhook-events',
			'settings',
			'keys',
			'plans',
			'second-factors',
		];
		for (const type of types) ids[type] = client.sandbox.seed({ type } as Seed)[0].id;
	});

	/** The path with the ids of seeded resources: `{license_id}` by its name, `{id}` by the segment before it. */
	const filled = (path: string) =>
		path
			.replace('{account}', client.sandbox.accountId)
			.replace(
				/([\w-]+)\/\{(\w+)\}/g,
				(_, segment: string, name: string) =>
					`${segment}/${ids[segment] ?? ids[`${name}s`] ?? crypto.randomUUID()}`,
			);

	test('every route is reachable and none breaks the sandbox, whatever is sent', async () => {
		const broken: string[] = [];
		// Removals last, so that the resources are there for the others.
		const rows = [...allRows].sort(
			(a, b) => Number(a.route.startsWith('DELETE')) - Number(b.route.startsWith('DELETE')),
		);
		for (const { route, type } of rows) {
			const [methods, path] = route.split(' ');
			for (const method of methods.split('|')) {
				const body =
					type && method !== 'GET'
						? { data: { type, attributes: {}, relationships: {} } }
						: undefined;
				const answer = await client.send(method, filled(path), {
					body,
					headers: { 'keygen-version': '1.0' },
				});
				const missing = answer.status === 404 && answer.text.includes('no route');
				if (answer.status >= 500 || missing)
					broken.push(`${method} ${path} ${answer.status} ${answer.text}`);
			}
		}
		expect(broken).toEqual([]);
	});
});
