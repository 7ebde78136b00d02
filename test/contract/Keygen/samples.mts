import type { INodeParameters } from 'n8n-workflow';

import { FILTERS } from '../../../nodes/Keygen/table/filters';
import type { Place } from '../../../nodes/Keygen/table/place';
import type { Field } from '../../../nodes/Keygen/table/field';
import { collectionOf, isSentBy } from '../../../nodes/Keygen/table/row';
import type { KeygenSandbox } from '../../../sandbox/keygen/start.mts';
import { chosen } from './workbench.mts';

/** IDs of records to point at, by their name in rows. */
export type Ids = Record<string, string>;

/** One record of every kind that rows point at, related as their members need to be. */
export function makeRecords({ seed, world, adminId }: KeygenSandbox): Ids {
	const one = (type: string, attributes = {}, relationships: Record<string, string> = {}) =>
		seed({ type, attributes, relationships })[0].id;
	const product = one('products');
	const group = one('groups');
	const policy = one(
		'policies',
		{
			duration: 31536000,
			maxMachines: 100,
			floating: true,
			requireCheckIn: true,
			checkInInterval: 'day',
			checkInIntervalCount: 1,
		},
		{ product },
	);
	const poolPolicy = one('policies', { usePool: true }, { product });
	const user = one('users', {}, { group });
	const license = one('licenses', { maxUses: 100, uses: 5 }, { policy, owner: user, group });
	const machine = one('machines', {}, { license, owner: user, group });
	const entitlement = one('entitlements');
	const packageId = one('packages', {}, { product });
	const release = one(
		'releases',
		{ version: `2.${world.store.count('releases')}.0`, status: 'PUBLISHED' },
		{ product, package: packageId },
	);
	const artifact = one('artifacts', { status: 'UPLOADED' }, { release });
	const member = one('users', {}, { group });
	one('license-users', {}, { license, user: member });
	one('license-entitlements', {}, { license, entitlement });
	one('policy-entitlements', {}, { policy, entitlement });
	one('group-owners', {}, { group, user: member });
	return {
		product,
		group,
		policy,
		user,
		license,
		machine,
		entitlement,
		release,
		artifact,
		poolPolicy,
		member,
		package: packageId,
		groupOwner: member,
		component: one('components', {}, { machine }),
		process: one('processes', {}, { machine }),
		constraint: one('constraints', {}, { release, entitlement }),
		environment: one('environments'),
		key: one('keys', {}, { policy: poolPolicy }),
		poolKey: one('keys', {}, { policy: poolPolicy }),
		token: one('tokens', {}, { bearer: user }),
		webhookEndpoint: one('webhook-endpoints'),
		webhookEvent: one('webhook-events', {}, {}),
		secondFactor: one('second-factors', {}, { user }),
		setting: one('settings'),
		plan: one('plans'),
		admin: adminId,
		otherUser: one('users'),
		otherEntitlement: one('entitlements'),
	};
}

/** A value of the right kind for a field, where any will do. */
function sample(field: Field, ids: Ids): unknown {
	switch (field.type) {
		case 'string':
			return field.placeholder?.replace('e.g. ', '') ?? 'text';
		case 'number':
			return Math.max(field.min ?? 0, 1);
		case 'boolean':
			return true;
		case 'dateTime':
			return '2031-02-03T04:05:06Z';
		case 'date':
			return '2031-02-03';
		case 'duration':
			return 'P30D';
		case 'options':
			return field.default ?? Object.keys(field.options ?? {})[0];
		case 'multiOptions':
			return field.loadOptions ? ['license.created'] : Object.keys(field.options ?? {});
		case 'list':
			return 'license.validate, license.read';
		case 'json':
			return '{"aB":1}';
		case 'pairs':
			return { pairs: [{ name: 'orderId', value: 'abc' }] };
		case 'record':
			return chosen(ids[field.record ?? '']);
		case 'records':
			return [ids[field.record ?? '']];
		case 'embedded':
			return {
				entries: [
					Object.fromEntries(
						Object.entries(field.parts ?? {}).map(([name, part]) => [name, sample(part, ids)]),
					),
				],
			};
	}
}

/** Values by field that fit the operation; in braces the records that its path names. undefined leaves a field out. */
export type Special = Record<string, unknown>;

/**
 * Parameters for an operation.
 *
 * @param all whether every optional field, filter and setting is filled, or none
 */
export function parametersFor(
	{ row, resource }: Place,
	ids: Ids,
	all: boolean,
	special: Special,
): INodeParameters {
	const value = (name: string, field: Field) =>
		name in special ? special[name] : sample(field, ids);
	const collection = (names: readonly string[], fields: Readonly<Record<string, Field>>) =>
		Object.fromEntries(
			names.flatMap((name) =>
				special[name] === undefined && name in special ? [] : [[name, value(name, fields[name])]],
			),
		);
	const parameters: Record<string, unknown> = {};
	for (const name of row.records)
		parameters[name] = chosen((special[`{${name}}`] as string) ?? ids[name]);
	for (const name of row.required ?? []) parameters[name] = value(name, resource.fields[name]);
	if (all) {
		for (const name of row.shown ?? []) parameters[name] = value(name, resource.fields[name]);
		parameters[collectionOf(row).name] = collection(row.optional ?? [], resource.fields);
		parameters.filters = collection(row.filters ?? [], FILTERS);
		parameters.options = {
			...collection(row.settings ?? [], resource.fields),
			...(row.include ? { include: [...row.include] } : {}),
		};
		parameters.returnAll = true;
	} else if (isSentBy(row, 'PATCH', 'PUT') && row.optional && !row.required) {
		// Nothing to change is refused, so the least is one field.
		const [name] = row.optional;
		parameters[collectionOf(row).name] = { [name]: value(name, resource.fields[name]) };
	}
	return parameters as INodeParameters;
}
