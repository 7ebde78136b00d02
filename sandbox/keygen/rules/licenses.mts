import type { Call } from '../call/call.mts';
import { attribute, tooSmall } from '../refusals/phrases.mts';
import { problem, refuse, refuseAll, unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { hashedKey, plainKey, RSA_SEED_BYTES, signedKey } from '../secrets/license-keys.mts';
import { isProtected } from '../standing/licenses.mts';
import { isBelow, numberOf } from '../state/facts.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { groupIsFull } from './groups.mts';
import type { Rules, Subject } from './rules.mts';

const KEY_BYTES = 16_384;
const limits = [
	'maxMachines',
	'maxProcesses',
	'maxUsers',
	'maxCores',
	'maxMemory',
	'maxDisk',
	'maxUses',
];

/** Key segments that would be taken for routes. */
const reservedKeys = ['actions', 'action'];

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
		if (
			call.body.attributes.expiry === undefined &&
			policy.facts.expirationBasis === 'FROM_CREATION'
		) {
			next.facts.expiry = expiryFrom(call.now, policy);
		}
	},
	check(call, next, before) {
		const policy = mustHave(call.world, next as Item, 'policy');
		return [
			...limitProblems(next, policy),
			...(before ? [] : keyProblems(call, next, policy)),
			...(before ? [] : groupIsFull(call, next, 'licenses')),
		];
	},
	created(call, license) {
		const policy = mustHave(call.world, license, 'policy');
		const { scheme, usePool } = policy.facts;
		const seed = license.facts.key ?? undefined;
		if (usePool) license.facts.key = popKey(call, policy, '/data/relationships/policy').facts.key;
		else if (scheme === 'LEGACY_ENCRYPT') {
			const raw = `${plainKey()}`;
			license.facts.secrets = { key: raw };
			license.facts.key = hashedKey(raw);
		} else if (scheme) license.facts.key = signedKey(call.world, license, scheme, seed);
		else license.facts.key = seed ?? plainKey();
		call.world.store.touch(license, call.now);
	},
};

/** ISO time at which a license of this policy expires when counted from `from`; null is never. */
export function expiryFrom(from: number, policy: Item): string | null {
	const { duration } = policy.facts;
	return typeof duration === 'number' ? new Date(from + duration * 1000).toISOString() : null;
}

/** Starts the license's time when its policy counts from the first event of this kind. */
export function startExpiry(call: Call, license: Item, basis: string): void {
	const policy = mustHave(call.world, license, 'policy');
	if (license.facts.expiry === null && policy.facts.expirationBasis === basis)
		license.facts.expiry = expiryFrom(call.now, policy);
}

/** Takes the oldest key out of a policy's pool. Throws 422 when there is no pool or no key. */
export function popKey(call: Call, policy: Item, pointer: string): Item {
	if (!policy.facts.usePool)
		refuse(422, 'pool is not supported', { code: 'POLICY_POOL_NOT_SUPPORTED', pointer });
	const [key] = call.world.store.children('keys', 'policy', policy.id);
	if (!key) refuse(422, 'pool is empty', { code: 'POLICY_POOL_EMPTY', pointer });
	call.world.store.remove(key);
	return key;
}

function keyProblems(call: Call, next: Subject, policy: Item): Problem[] {
	const { scheme, usePool } = policy.facts;
	if (usePool && call.world.store.children('keys', 'policy', policy.id).length === 0) {
		return [
			problem(422, 'pool is empty', {
				code: 'POLICY_POOL_EMPTY',
				pointer: '/data/relationships/policy',
			}),
		];
	}
	const { key } = next.facts;
	if (typeof key !== 'string') return [];
	const wrong = (detail: string, code: string) => [unprocessable(detail, code, attribute('key'))];
	if (usePool) return wrong('comes from the pool of the policy', 'KEY_NOT_SUPPORTED');
	if (scheme === 'LEGACY_ENCRYPT')
		return wrong('is made by the service under this scheme', 'KEY_NOT_SUPPORTED');
	if (reservedKeys.includes(key)) return wrong('is a reserved word', 'KEY_NOT_ALLOWED');
	if (Buffer.byteLength(key) > KEY_BYTES) return wrong('must not exceed 16 KiB', 'KEY_TOO_LONG');
	if (scheme === 'RSA_2048_PKCS1_ENCRYPT' && Buffer.byteLength(key) > RSA_SEED_BYTES)
		return wrong(`must not exceed ${RSA_SEED_BYTES} bytes`, 'KEY_BYTE_SIZE_EXCEEDED');
	if (scheme === 'RSA_2048_JWT_RS256' && !isJsonObject(key))
		return wrong('must be a JSON object of claims', 'KEY_JWT_CLAIMS_INVALID');
	if (!scheme && key.length < 8) return wrong('must have at least 8 characters', 'KEY_TOO_SHORT');
	if (call.world.store.where('licenses', 'key', key).length > 0)
		return wrong('belongs to another license', 'KEY_TAKEN');
	return [];
}

function limitProblems({ facts }: Subject, policy: Item): Problem[] {
	const problems = limits
		.filter((name) => isBelow(facts, name, 1))
		.map((name) => tooSmall(name, 1));
	if (!policy.facts.floating && numberOf(facts, 'maxMachines') > 1) {
		problems.push(
			unprocessable(
				'must be 1 under a policy that is not floating',
				'MAX_MACHINES_INVALID',
				attribute('maxMachines'),
			),
		);
	}
	return problems;
}

/** Clients may not make licenses of a protected policy, nor for anybody else. */
export function refuseForeignLicense(call: Call): void {
	if (call.bearer.role !== 'user') return;
	const policy = call.world.store.get('policies', call.body.relationships.policy?.id);
	if (policy && isProtected(call.world, policy))
		refuse(403, 'The policy is protected: only staff may make its licenses');
	const owner = call.body.relationships.owner;
	if (owner?.id !== call.bearer.item.id) refuse(403, 'A user makes licenses only for itself');
}

/** Moves a license to another policy of the same kind. Throws 422 when they do not go together. */
export function transfer(call: Call, license: Item, policy: Item): void {
	const current = mustHave(call.world, license, 'policy');
	const same = ['scheme', 'encrypted', 'usePool'].every(
		(name) => current.facts[name] === policy.facts[name],
	);
	if (!same || current.links.product !== policy.links.product) {
		refuseAll([
			unprocessable(
				'has another scheme, pool or product',
				'POLICY_NOT_COMPATIBLE',
				'/data/relationships/policy',
			),
		]);
	}
	license.links.policy = policy.id;
	if (policy.facts.transferStrategy === 'RESET_EXPIRY')
		license.facts.expiry = expiryFrom(call.now, policy);
}

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
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
			unprocessable('is already attached as a user', 'OWNER_INVALID', '/data/relationships/owner'),
		]);
}
