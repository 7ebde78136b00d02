import { visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { parentOf } from '../call/finding.mts';
import { findNarrowed } from '../reading/narrowing.mts';
import { pathOf } from '../records/paths.mts';
import { mustExist, relationship } from '../refusals/phrases.mts';
import { forbid } from '../refusals/forbidden.mts';
import { refuseAll, unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { rules } from '../rules/by-type.mts';
import { metadataProblems } from '../rules/metadata.mts';
import { permissionProblems } from '../rules/permissions.mts';
import type { Subject } from '../rules/rules.mts';
import { removeAll } from '../state/cascade.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { singular } from '../wire/names.mts';

/** Pointers of what a record cannot be without. */
const essential = new Set([
	'/data/id',
	...['product', 'policy', 'license', 'machine', 'release'].map((name) => relationship(name)),
]);

/** Types whose changes are told to nobody. */
const silent = new Set(['webhook-endpoints', 'webhook-events']);

/** `license.created`; settings belong to the account. */
export function eventOf(type: string, verb: string): string {
	return type === 'settings' ? `account.settings.${verb}` : `${singular(type)}.${verb}`;
}

function tell(call: Call, item: Item, verb: string): void {
	if (!silent.has(item.type)) emit(call, eventOf(item.type, verb), item);
}

/** POST of a new resource; `before` refuses what the rules of its type do not cover. */
export function create(type: string, before?: (call: Call) => Problem[] | void): Handler {
	return (call) => {
		const early = before?.(call) ?? [];
		const unknown = [
			...unknownRelations(call, type),
			...takenId(call, type),
			...permissionProblems(call.body.attributes.permissions),
			...metadataProblems(call.body.attributes.metadata),
		];
		// Without what a record hangs on there is nothing to compare the rest with.
		if (unknown.some(({ source }) => essential.has(source?.pointer ?? ''))) refuseAll(unknown);
		const { defaults, prepare, check, created } = rules[type] ?? {};
		const draft: Subject = {
			type,
			id: call.body.id,
			environment: environmentFor(call),
			facts: { ...structuredClone(defaults), ...call.body.attributes },
			links: linksOf(call),
		};
		prepare?.(call, draft);
		refuseAll([...unknown, ...early, ...(check?.(call, draft) ?? [])]);
		const item = call.world.store.add(draft, call.now);
		created?.(call, item);
		tell(call, item, 'created');
		return {
			status: 201,
			data: item,
			headers: { location: pathOf(call.world, item) },
			secrets: item.facts.secrets !== undefined,
		};
	};
}

/** PATCH of attributes (and relationships, where the row accepts them). */
export function update(type: string, before?: (call: Call, item: Item) => void): Handler {
	return (call) => {
		const item = findNarrowed(call, type, call.params.id);
		before?.(call, item);
		refuseAll([
			...unknownRelations(call, type),
			...permissionProblems(call.body.attributes.permissions),
			...metadataProblems(call.body.attributes.metadata),
		]);
		const { prepare, check, updated } = rules[type] ?? {};
		const next: Subject = {
			...item,
			facts: { ...item.facts, ...call.body.attributes },
			links: { ...item.links, ...linksOf(call) },
		};
		prepare?.(call, next, item);
		refuseAll(check?.(call, next, item) ?? []);
		Object.assign(item, { facts: next.facts, links: next.links });
		updated?.(call, item);
		call.world.store.touch(item, call.now);
		tell(call, item, 'updated');
		return { status: 200, data: item };
	};
}

/** DELETE of a resource and what hangs on it; only the resource itself is told of. */
export function destroy(
	type: string,
	verb = 'deleted',
	before?: (call: Call, item: Item) => void,
): Handler {
	return (call) => {
		const item = findNarrowed(call, type, call.params.id);
		before?.(call, item);
		rules[type]?.mayRemove?.(call, item);
		tell(call, item, verb);
		removeAll(call.world.store, item);
		return { status: 204 };
	};
}

/** PATCH of a to-one relationship by linkage; null removes where the row allows it. */
export function relink(
	type: string,
	name: string,
	before?: (call: Call, item: Item, target: Item | undefined) => void,
): Handler {
	return (call) => {
		const item = parentOf(call, type);
		const { linkage } = call.body;
		const target = linkage ? seen(call, linkage.type, linkage.id) : undefined;
		if (linkage && !target) refuseAll([mustExist(name)]);
		before?.(call, item, target);
		item.links[name] = target?.id ?? null;
		call.world.store.touch(item, call.now);
		emit(call, `${singular(type)}.${name}.updated`, item);
		return { status: 200, data: item };
	};
}

function unknownRelations(call: Call, type: string): Problem[] {
	const problems = Object.entries(call.body.relationships).flatMap(([name, linkage]) => {
		if (!linkage || name === 'environment' || seen(call, linkage.type, linkage.id)) return [];
		// An endpoint may belong to a product that is not there.
		return type === 'webhook-endpoints' ? [] : [mustExist(name)];
	});
	// A machine has the policy of its license, and so has none without one.
	const hasNoLicense = problems.some(({ code }) => code === 'LICENSE_NOT_FOUND');
	return hasNoLicense && type === 'machines' ? [...problems, mustExist('policy')] : problems;
}

/** A linked resource that the bearer may see. A product may not touch what another product owns. */
function seen(call: Call, type: string, id: string): Item | undefined {
	const item = call.world.store.get(type, id);
	if (!item || visible(call, item)) return item;
	if (call.bearer.role === 'product') forbid();
	return undefined;
}

function takenId(call: Call, type: string): Problem[] {
	if (!call.body.id || !call.world.store.get(type, call.body.id)) return [];
	return [
		unprocessable(`must not conflict with another ${singular(type)}`, 'ID_CONFLICT', '/data/id'),
	];
}

function linksOf(call: Call): Record<string, string | null> {
	const entries = Object.entries(call.body.relationships).filter(
		([name]) => name !== 'environment',
	);
	return Object.fromEntries(entries.map(([name, linkage]) => [name, linkage?.id ?? null]));
}

/** The environment of a new resource: that of the request, or the one that it names. */
export function environmentFor(call: Call): string | null {
	const current = call.environment?.id ?? null;
	const given = call.body.relationships.environment;
	if (given === undefined) return current;
	const pointer = '/data/relationships/environment';
	if (given && !call.world.store.get('environments', given.id))
		refuseAll([mustExist('environment', pointer)]);
	if (current && given?.id !== current)
		refuseAll([
			unprocessable(
				'differs from the environment of the request',
				'ENVIRONMENT_NOT_ALLOWED',
				pointer,
			),
		]);
	return given?.id ?? null;
}
