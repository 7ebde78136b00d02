import { makeToken } from '../access/tokens.mts';
import { rules } from '../rules/by-type.mts';
import { keyed } from '../rules/distribution.mts';
import { plainKey, signedKey } from '../secrets/license-keys.mts';
import { hash } from '../secrets/passwords.mts';
import { heartbeatBases } from '../state/enums.mts';
import type { Facts } from '../state/facts.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { mapKeys, underscore } from '../wire/letter-case.mts';
import { parseSemver } from '../wire/semver.mts';

/** A resource to be put there without asking the rules. */
export interface Seed {
	type: string;
	id?: string;
	/** That many of them; attributes that are text may hold `{n}`, the number from 1. */
	count?: number;
	attributes?: Facts;
	/** To-one relationships: name to id. What a type needs and the seed leaves out is made up. */
	relationships?: Record<string, string | null>;
	/** Id of the environment. */
	environment?: string | null;
	/** ISO date or milliseconds. */
	created?: string | number;
}

/** What a type cannot be without. */
const parents: Record<string, Array<[string, Seed]>> = {
	policies: [['product', { type: 'products' }]],
	licenses: [['policy', { type: 'policies' }]],
	machines: [['license', { type: 'licenses', attributes: { maxMachines: 1_000_000 } }]],
	components: [['machine', { type: 'machines' }]],
	processes: [['machine', { type: 'machines' }]],
	keys: [['policy', { type: 'policies', attributes: { usePool: true } }]],
	packages: [['product', { type: 'products' }]],
	releases: [['product', { type: 'products' }]],
	artifacts: [['release', { type: 'releases' }]],
	constraints: [
		['release', { type: 'releases' }],
		['entitlement', { type: 'entitlements' }],
	],
	'license-entitlements': [
		['license', { type: 'licenses' }],
		['entitlement', { type: 'entitlements' }],
	],
	'policy-entitlements': [
		['policy', { type: 'policies' }],
		['entitlement', { type: 'entitlements' }],
	],
	'license-users': [
		['license', { type: 'licenses' }],
		['user', { type: 'users' }],
	],
	'group-owners': [
		['group', { type: 'groups' }],
		['user', { type: 'users' }],
	],
	'second-factors': [['user', { type: 'users' }]],
	tokens: [['bearer', { type: 'products' }]],
};

/** Attributes that a seed may leave out although the API asks for them. */
const examples: Record<string, (n: number) => Facts> = {
	products: (n) => ({ name: `Product ${n}` }),
	policies: (n) => ({ name: `Policy ${n}` }),
	users: (n) => ({ email: `user-${n}@example.com` }),
	groups: (n) => ({ name: `Group ${n}` }),
	entitlements: (n) => ({ name: `Entitlement ${n}`, code: `ENTITLEMENT_${n}` }),
	machines: (n) => ({ fingerprint: `fingerprint-${n}` }),
	components: (n) => ({ fingerprint: `component-${n}`, name: `Component ${n}` }),
	processes: (n) => ({ pid: String(n) }),
	keys: (n) => ({ key: `pooled-key-${n}` }),
	packages: (n) => ({ name: `Package ${n}`, key: `package-${n}` }),
	releases: (n) => ({ version: `1.0.${n}`, channel: 'stable' }),
	artifacts: (n) => ({
		filename: `artifact-${n}.zip`,
		filetype: 'zip',
		platform: 'linux',
		arch: 'amd64',
	}),
	environments: (n) => ({ name: `Environment ${n}`, code: `environment-${n}` }),
	'webhook-endpoints': (n) => ({
		url: `https://hooks.example.com/${n}`,
		subscriptions: ['*'],
		signatureAlgorithm: 'ed25519',
	}),
	settings: () => ({ key: 'default_license_permissions', value: ['*'] }),
	'second-factors': () => ({
		uri: 'otpauth://totp/sandbox',
		secret: 'JBSWY3DPEHPK3PXP',
		enabled: false,
	}),
	billings: () => ({ state: 'SUBSCRIBED', card: null }),
	plans: () => ({ name: 'Dev 0', price: 0, interval: 'month' }),
	'webhook-events': () => ({
		endpoint: 'https://hooks.example.com/',
		apiVersion: '1.8',
		payload: '{"data":null}',
		event: 'license.created',
		status: 'DELIVERED',
		lastResponseCode: 200,
		lastResponseBody: 'ok',
		idempotencyToken: '00000000-0000-4000-8000-000000000000',
	}),
};

/** Puts resources into the world: defaults are filled in, parents made, nobody is told. */
export function seed(world: World, wanted: Seed): Item[] {
	const links = { ...wanted.relationships };
	for (const [name, parent] of parents[wanted.type] ?? [])
		links[name] ??= seed(world, parent)[0].id;
	return Array.from({ length: wanted.count ?? 1 }, (_, index) =>
		one(world, wanted, links, index + 1),
	);
}

function one(
	world: World,
	wanted: Seed,
	links: Record<string, string | null>,
	index: number,
): Item {
	const { type } = wanted;
	const now = world.clock.now();
	const created = wanted.created === undefined ? undefined : new Date(wanted.created).getTime();
	const number = world.store.count(type) + 1;
	const given = Object.fromEntries(
		Object.entries(wanted.attributes ?? {}).map(([name, value]) => [
			name,
			typeof value === 'string' ? value.replaceAll('{n}', String(index)) : value,
		]),
	);
	if (given.metadata) given.metadata = mapKeys(given.metadata, underscore);
	if (type === 'tokens')
		return makeToken(world, findAnywhere(world, links.bearer), given, wanted.environment);
	const facts = {
		...structuredClone(rules[type]?.defaults),
		...examples[type]?.(number),
		...given,
	};
	if (facts.password)
		Object.assign(facts, { passwordHash: hash(facts.password), password: undefined });
	const item = world.store.add(
		{
			type,
			id: index === 1 ? wanted.id : undefined,
			created,
			environment: wanted.environment,
			facts,
			links: { ...links },
		},
		now,
	);
	complete[type]?.(world, item);
	world.store.touch(item, item.created);
	return item;
}

/** What the rules would have worked out at creation. */
const complete: Record<string, (world: World, item: Item) => void> = {
	policies(_, { facts }) {
		facts.heartbeatBasis ??= heartbeatBases[facts.requireHeartbeat ? 0 : 1];
		if (!facts.floating) facts.maxMachines ??= 1;
	},
	licenses(world, item) {
		const { scheme } = mustHave(world, item, 'policy').facts;
		item.facts.key =
			scheme && scheme !== 'LEGACY_ENCRYPT'
				? signedKey(world, item, scheme, item.facts.key ?? undefined)
				: (item.facts.key ?? plainKey());
	},
	processes(_, item) {
		item.facts.lastHeartbeat ??= new Date(item.created).toISOString();
	},
	packages(world, item) {
		item.links.engine =
			keyed({ world, now: item.created }, 'engines', item.facts.engine)?.id ?? null;
	},
	releases(world, item) {
		item.facts.semver = parseSemver(item.facts.version ?? '') ?? null;
		item.links.channel =
			keyed({ world, now: item.created }, 'channels', item.facts.channel)?.id ?? null;
	},
	artifacts(world, item) {
		item.links.platform =
			keyed({ world, now: item.created }, 'platforms', item.facts.platform)?.id ?? null;
		item.links.arch = keyed({ world, now: item.created }, 'arches', item.facts.arch)?.id ?? null;
	},
	'webhook-endpoints'(world, { facts }) {
		facts.apiVersion ??= world.newestVersion;
	},
};

/** A bearer by its id, whatever its type. Throws when there is none. */
export function findAnywhere(world: World, id: string | null): Item {
	for (const type of ['users', 'products', 'licenses', 'environments']) {
		const item = world.store.get(type, id);
		if (item) return item;
	}
	throw new Error(`There is no bearer ${id}`);
}
