import type { Call } from '../../call/call.mts';
import { forbid } from '../../refusals/forbidden.mts';
import { refuseAll, unprocessable } from '../../refusals/problems.mts';
import { isProtected } from '../../standing/licenses.mts';
import { mustHave, related } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';
import { bounds, LONG } from '../bounds.mts';
import type { Rules } from '../rules.mts';
import { expiryFrom } from './expiry.mts';
import { groupIsFull } from './groups.mts';
import { giveKey, keyProblems } from './license-keys.mts';
import { machineLimit } from './policies.mts';

const limits = [
	'maxMachines',
	'maxProcesses',
	'maxUsers',
	'maxCores',
	'maxMemory',
	'maxDisk',
	'maxUses',
];

export const licenseRules: Rules = {
	defaults: {
		name: null,
		key: null,
		expiry: null,
		uses: 0,
		suspended: false,
		protected: null,
		version: null,
		...Object.fromEntries(limits.map((name) => [name, null])),
		lastValidated: null,
		lastCheckIn: null,
		lastCheckOut: null,
		metadata: {},
	},
	prepare(call, next, before) {
		if (before) return;
		const policy = mustHave(call.world, next as Item, 'policy');
		// No expiry, sent as null or not at all, is that of the policy's duration.
		if (policy.facts.expirationBasis === 'FROM_CREATION')
			next.facts.expiry ??= expiryFrom(call.now, policy);
		if (policy.facts.requireCheckIn) next.facts.lastCheckIn = new Date(call.now).toISOString();
		next.links.group ??= related(call.world, next as Item, 'owner')?.links.group ?? null;
	},
	check(call, next, before) {
		const policy = mustHave(call.world, next as Item, 'policy');
		const { maxMachines } = next.facts;
		return [
			// 0 is stored and then counts as no limit of one's own.
			...(maxMachines ? machineLimit(next.facts, Boolean(policy.facts.floating)) : []),
			...limits
				.slice(1)
				.flatMap((name) =>
					bounds(next.facts, name, 0, /Memory|Disk/.test(name) ? LONG : undefined),
				),
			...(before ? [] : keyProblems(call, next, policy)),
			...(before ? [] : groupIsFull(call, next, 'licenses')),
		];
	},
	created(call, license) {
		giveKey(call, license, mustHave(call.world, license, 'policy'));
		call.world.store.touch(license, call.now);
	},
};

/** Clients may not make licenses of a protected policy, nor for anybody else. */
export function refuseForeignLicense(call: Call): void {
	if (call.bearer.role !== 'user') return;
	const policy = call.world.store.get('policies', call.body.relationships.policy?.id);
	const owner = call.body.relationships.owner;
	if ((policy && isProtected(call.world, policy)) || owner?.id !== call.bearer.item.id) forbid();
}

/** Moves a license to another policy of the same kind. Throws 422 when they do not go together. */
export function transfer(call: Call, license: Item, policy: Item): void {
	const current = mustHave(call.world, license, 'policy');
	const wrong = (reason: string) =>
		refuseAll([
			unprocessable(
				`cannot change ${reason}`,
				'POLICY_NOT_COMPATIBLE',
				'/data/relationships/policy',
			),
		]);
	if (current.facts.encrypted !== policy.facts.encrypted)
		wrong('from an encrypted policy to an unencrypted policy (or vice-versa)');
	if (current.facts.usePool !== policy.facts.usePool)
		wrong('from a pooled policy to an unpooled policy (or vice-versa)');
	if (current.facts.scheme !== policy.facts.scheme) wrong('to a policy with a different scheme');
	license.links.policy = policy.id;
	if (policy.facts.transferStrategy === 'RESET_EXPIRY')
		license.facts.expiry = expiryFrom(call.now, policy);
}

/** A user attached to a license must be detached before it can own it. */
export function mayChangeOwner(call: Call, license: Item, user: Item | undefined): void {
	const attached =
		user &&
		call.world.store
			.children('license-users', 'license', license.id)
			.some((join) => join.links.user === user.id);
	if (attached)
		refuseAll([
			unprocessable(
				'already exists (user is attached as a user)',
				'OWNER_INVALID',
				'/data/relationships/owner',
			),
		]);
}
