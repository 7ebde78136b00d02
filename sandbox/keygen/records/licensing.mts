import {
	inherited,
	isProtected,
	licenseStatus,
	machinesOf,
	nextCheckIn,
	userCount,
} from '../standing/licenses.mts';
import { iso } from '../state/clock.mts';
import { numberOf } from '../state/facts.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { World } from '../state/world.mts';
import type { View } from './view.mts';

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
	limits
		.split(' ')
		.map((name) => [name, (world: World, item: Item) => inherited(world, item, name)]),
);
const ofPolicy = Object.fromEntries(
	['scheme', 'encrypted', 'strict', 'floating', 'requireHeartbeat', 'requireCheckIn'].map(
		(name) => [name, (world: World, item: Item) => related(world, item, 'policy')?.facts[name]],
	),
);

export const licensingViews: Record<string, View> = {
	entitlements: { attributes: 'name code metadata' },
	policies: {
		attributes: policyAttributes,
		one: 'product',
		many: 'pool licenses entitlements',
		computed: { protected: isProtected },
	},
	'policy-entitlements': {
		attributes: '',
		direct: 'policy entitlement',
		link: 'related',
		place: ({ links }) => `policies/${links.policy}/entitlements/${links.entitlement}`,
	},
	licenses: {
		attributes:
			`name key expiry status uses suspended scheme encrypted strict floating protected version ${limits} ` +
			'requireHeartbeat requireCheckIn lastValidated lastCheckIn nextCheckIn lastCheckOut permissions@permissions metadata',
		one: 'product policy group owner',
		many: 'users machines tokens entitlements',
		computed: {
			...fromPolicy,
			protected: isProtected,
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
	'license-entitlements': {
		attributes: '',
		direct: 'license entitlement',
		link: 'related',
		place: ({ links }) => `licenses/${links.license}/entitlements/${links.entitlement}`,
	},
	'license-users': {
		attributes: '',
		direct: 'license user',
		link: 'related',
		place: ({ links }) => `licenses/${links.license}/users/${links.user}`,
	},
	keys: { attributes: 'key', one: 'product policy' },
	'license-files': {
		attributes: 'certificate algorithm includes ttl expiry issued',
		direct: 'license',
		link: null,
		timeless: true,
	},
};
