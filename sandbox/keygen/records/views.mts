import { publishedKeys } from '../../keygen-signing/account-keys.mts';
import { tokenKind } from '../access/tokens.mts';
import { heartbeatOf } from '../standing/heartbeat.mts';
import {
	inherited,
	licenseStatus,
	limitOf,
	machinesOf,
	nextCheckIn,
	userCount,
	userStatus,
} from '../standing/licenses.mts';
import { iso } from '../state/clock.mts';
import { numberOf } from '../state/facts.mts';
import { mustHave, related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';

/**
 * What a type shows. `name@feature` is shown only when the server has the EE entitlement.
 * `created` and `updated` follow every list of attributes unless `timeless`.
 */
export interface View {
	attributes: string;
	/** To-one relationships with linkage. */
	one?: string;
	/** To-many relationships, as links only. */
	many?: string;
	/** Attributes that are worked out rather than stored. */
	computed?: Record<string, (world: World, item: Item) => unknown>;
	/** Attributes that only some answers show. */
	secret?: string;
	/** `meta` of a to-many relationship. */
	counts?: Record<string, (world: World, item: Item) => Record<string, unknown>>;
	meta?: (world: World, item: Item) => Record<string, unknown>;
	timeless?: boolean;
}

/** The attributes of a policy, in the order in which they are shown. */
const policyAttributes =
	'name duration strict floating scheme requireProductScope requirePolicyScope requireMachineScope ' +
	'requireFingerprintScope requireComponentsScope requireUserScope requireChecksumScope requireVersionScope requireCheckIn ' +
	'checkInInterval checkInIntervalCount usePool maxMachines maxProcesses maxUsers maxCores maxMemory maxDisk maxUses encrypted ' +
	'protected requireHeartbeat heartbeatDuration heartbeatCullStrategy heartbeatResurrectionStrategy heartbeatBasis ' +
	'machineUniquenessStrategy machineMatchingStrategy componentUniquenessStrategy componentMatchingStrategy expirationStrategy ' +
	'expirationBasis renewalBasis transferStrategy authenticationStrategy machineLeasingStrategy processLeasingStrategy ' +
	'overageStrategy metadata';

const limits = 'maxMachines maxProcesses maxUsers maxCores maxMemory maxDisk maxUses';
const fromPolicy = Object.fromEntries(
	[...limits.split(' '), 'protected'].map((name) => [
		name,
		(world: World, item: Item) => inherited(world, item, name),
	]),
);
const ofPolicy = Object.fromEntries(
	['scheme', 'encrypted', 'strict', 'floating', 'requireHeartbeat', 'requireCheckIn'].map(
		(name) => [name, (world: World, item: Item) => related(world, item, 'policy')?.facts[name]],
	),
);

export const views: Record<string, View> = {
	accounts: {
		attributes: 'name slug apiVersion protected status',
		meta: ({ keys }) => publishedKeys(keys),
	},
	tokens: {
		attributes:
			'kind token expiry name permissions@permissions maxActivations activations maxDeactivations deactivations',
		one: 'bearer',
		secret: 'token',
		computed: {
			kind: (world, item) => tokenKind(related(world, item, 'bearer')),
			token: (_, item) => item.facts.raw,
		},
	},
	products: {
		attributes: 'name code distributionStrategy url platforms permissions@permissions metadata',
		many: 'policies licenses machines users packages releases artifacts tokens',
	},
	entitlements: { attributes: 'name code metadata' },
	groups: {
		attributes: 'name maxUsers maxLicenses maxMachines metadata',
		many: 'users licenses machines owners',
	},
	'group-owners': { attributes: '', one: 'group user' },
	policies: { attributes: policyAttributes, one: 'product', many: 'pool licenses entitlements' },
	'policy-entitlements': { attributes: '', one: 'policy entitlement' },
	users: {
		attributes: 'fullName firstName lastName email status role permissions@permissions metadata',
		one: 'group',
		many: 'products licenses machines tokens second-factors',
		computed: {
			fullName: (_, { facts }) =>
				[facts.firstName, facts.lastName].filter(Boolean).join(' ') || null,
			status: userStatus,
		},
	},
	'second-factors': { attributes: 'uri secret enabled', one: 'user', secret: 'uri secret' },
	licenses: {
		attributes:
			`name key expiry status uses suspended scheme encrypted strict floating protected version ${limits} ` +
			'requireHeartbeat requireCheckIn lastValidated lastCheckIn nextCheckIn lastCheckOut permissions@permissions metadata',
		one: 'product policy group owner',
		many: 'users machines tokens entitlements',
		computed: {
			...fromPolicy,
			...ofPolicy,
			// A legacy-encrypted key is shown once, when it is made.
			key: (_, item) => (item.facts.secrets ? undefined : item.facts.key),
			status: licenseStatus,
			nextCheckIn: (world, item) => iso(nextCheckIn(world, item)),
		},
		counts: {
			users: (world, item) => ({ count: userCount(world, item) }),
			machines(world, item) {
				const machines = machinesOf(world, item);
				const sum = (name: string) =>
					machines.reduce((all, { facts }) => all + numberOf(facts, name), 0);
				return {
					cores: sum('cores'),
					memory: sum('memory'),
					disk: sum('disk'),
					count: machines.length,
				};
			},
		},
	},
	'license-entitlements': { attributes: '', one: 'license entitlement' },
	'license-users': { attributes: '', one: 'license user' },
	machines: {
		attributes:
			'fingerprint cores memory disk ip hostname platform name requireHeartbeat heartbeatStatus heartbeatDuration ' +
			'maxProcesses lastCheckOut lastHeartbeat nextHeartbeat metadata',
		one: 'product group license owner',
		many: 'components processes',
		computed: {
			requireHeartbeat: (world, item) => mustHave(world, item, 'policy').facts.requireHeartbeat,
			heartbeatStatus: (world, item) => heartbeatOf(world, item).status,
			heartbeatDuration: (world, item) => heartbeatOf(world, item).duration,
			nextHeartbeat: (world, item) => iso(heartbeatOf(world, item).next),
			maxProcesses: (world, item) =>
				limitOf(world, mustHave(world, item, 'license'), 'maxProcesses'),
		},
	},
	components: { attributes: 'fingerprint name metadata', one: 'product license machine' },
	processes: {
		attributes: 'pid status interval lastHeartbeat nextHeartbeat metadata',
		one: 'product license machine',
		computed: {
			status: (world, item) => heartbeatOf(world, item).status,
			interval: (world, item) => heartbeatOf(world, item).duration,
			nextHeartbeat: (world, item) => iso(heartbeatOf(world, item).next),
		},
	},
	keys: { attributes: 'key', one: 'product policy' },
	packages: { attributes: 'name key engine metadata', one: 'product', many: 'releases' },
	releases: {
		attributes: 'name description channel status tag version semver metadata backdated yanked',
		one: 'product package',
		many: 'entitlements constraints artifacts',
	},
	constraints: { attributes: '', one: 'release entitlement' },
	artifacts: {
		attributes: 'filename filetype filesize platform arch signature checksum status metadata',
		one: 'release',
	},
	engines: { attributes: 'name key' },
	platforms: { attributes: 'name key' },
	arches: { attributes: 'name key' },
	channels: { attributes: 'name key' },
	'webhook-endpoints': {
		attributes: 'url subscriptions signatureAlgorithm apiVersion',
		one: 'product',
	},
	'webhook-events': {
		attributes: 'endpoint apiVersion payload event status lastResponseCode lastResponseBody',
		meta: (_, item) => ({ idempotencyToken: item.facts.idempotencyToken }),
	},
	'event-logs': { attributes: 'event metadata', one: 'whodunnit resource' },
	'request-logs': {
		attributes:
			'url method status ip userAgent requestBody requestHeaders responseBody responseHeaders',
		one: 'requestor resource',
		secret: 'requestBody requestHeaders responseBody responseHeaders',
	},
	environments: { attributes: 'name code isolationStrategy', many: 'tokens' },
	settings: { attributes: 'key value' },
	billings: { attributes: 'state card' },
	plans: { attributes: 'name price interval' },
	'license-files': {
		attributes: 'certificate algorithm includes ttl expiry issued',
		one: 'license',
		timeless: true,
	},
	'machine-files': {
		attributes: 'certificate algorithm includes ttl expiry issued',
		one: 'machine license',
		timeless: true,
	},
};

/** Types that stand outside any environment and so show no such relationship. */
export const withoutEnvironment = new Set([
	'accounts',
	'environments',
	'settings',
	'billings',
	'plans',
	'engines',
	'platforms',
	'arches',
	'channels',
	'event-logs',
	'request-logs',
]);
