import { refuse } from '../wire/problems.mts';
import { isUuid } from '../wire/values.mts';
import type { Accepts, Embedded } from './accepts.mts';
import type { Body } from './body.mts';
import { checkType, missing, named, object, readFields, unpermitted } from './members.mts';
import type { Members, Permits } from './members.mts';
import { fields, linkages } from './notation.mts';
import type { Linkage, Shape } from './notation.mts';

/**
 * Checks a request body against what its row accepts and returns it in canonical names.
 * Throws a 400 with `source.pointer` for the first member that is unknown, not permitted, missing
 * or of a wrong type.
 */
export function readDocument(accepts: Accepts, raw: unknown, permits: Permits): Body {
	const body: Body = {
		attributes: {},
		relationships: {},
		embedded: {},
		meta: {},
		linkage: null,
		members: [],
	};
	const document = raw === undefined ? {} : object(raw, '');
	const known = named(document, '', [
		...(accepts.type ? ['data'] : []),
		...(accepts.meta !== undefined ? ['meta'] : []),
	]);

	if (accepts.type) {
		if (!('data' in known)) {
			if (!accepts.dataOptional) missing('/data');
		} else if (accepts.linkage === 'many') {
			body.members = readMembers(accepts, known.data, permits);
		} else if (accepts.linkage) {
			body.linkage = readLinkage(
				known.data,
				[accepts.type],
				'/data',
				accepts.linkage === 'one|null',
			);
		} else {
			readResource(accepts, object(known.data, '/data'), permits, body);
		}
	}
	if (accepts.meta !== undefined) {
		const shape = fields(accepts.meta);
		if ('meta' in known)
			body.meta = readFields(shape, object(known.meta, '/meta'), '/meta', permits);
		else if (!shape.optional) missing('/meta');
	}
	return body;
}

function readResource(accepts: Accepts, data: Members, permits: Permits, body: Body): void {
	const relationships = linkages(accepts.relationships ?? '?');
	const embedded = accepts.embedded ?? {};
	const related = relationships.members.length > 0 || accepts.embedded;
	const known = named(data, '/data', [
		'type',
		...(accepts.id ? ['id'] : []),
		...(accepts.attributes !== undefined ? ['attributes'] : []),
		...(related ? ['relationships'] : []),
	]);
	checkType(known.type, [accepts.type!], '/data/type');
	if ('id' in known) {
		if (accepts.id !== 'ignored') {
			if (!permits({ roles: accepts.id })) unpermitted('/data/id');
			if (!isUuid(known.id)) refuse(400, 'must be a UUID', { pointer: '/data/id' });
			body.id = known.id;
		} else if (typeof known.id !== 'string') {
			refuse(400, 'must be a string', { pointer: '/data/id' });
		}
	}
	if (accepts.attributes !== undefined) {
		const shape = fields(accepts.attributes);
		const at = '/data/attributes';
		if ('attributes' in known)
			body.attributes = readFields(shape, object(known.attributes, at), at, permits);
		else if (!shape.optional) missing(at);
	}
	if (!related) return;
	const needed =
		relationships.members.some((member) => !member.optional) ||
		Object.values(embedded).some((one) => !one.optional);
	if ('relationships' in known)
		readRelationships(
			relationships,
			embedded,
			object(known.relationships, '/data/relationships'),
			permits,
			body,
		);
	else if (needed) missing('/data/relationships');
}

function readRelationships(
	shape: Shape<Linkage>,
	embedded: Record<string, Embedded>,
	given: Members,
	permits: Permits,
	body: Body,
): void {
	const at = '/data/relationships';
	const known = named(given, at, [
		...shape.members.map((member) => member.name),
		...Object.keys(embedded),
	]);
	for (const member of shape.members) {
		const pointer = `${at}/${member.name}`;
		if (!(member.name in known)) {
			if (!member.optional) missing(pointer);
			continue;
		}
		if (!permits(member)) unpermitted(pointer);
		const holder = named(object(known[member.name], pointer), pointer, ['data']);
		if (!('data' in holder)) missing(`${pointer}/data`);
		body.relationships[member.alias ?? member.name] = readLinkage(
			holder.data,
			member.types,
			`${pointer}/data`,
			member.nullable,
		);
	}
	for (const [name, accepts] of Object.entries(embedded)) {
		const pointer = `${at}/${name}`;
		if (!(name in known)) {
			if (!accepts.optional) missing(pointer);
			continue;
		}
		const holder = named(object(known[name], pointer), pointer, ['data']);
		if (!Array.isArray(holder.data))
			refuse(400, 'must be an array', { pointer: `${pointer}/data` });
		body.embedded[name] = holder.data.map((entry, index) =>
			readEmbedded(accepts, entry, `${pointer}/data/${index}`, permits),
		);
	}
}

function readEmbedded(accepts: Embedded, entry: unknown, at: string, permits: Permits) {
	const parts = [
		...(accepts.attributes ? ['attributes'] : []),
		...(accepts.relationships ? ['relationships'] : []),
	];
	const known = named(object(entry, at), at, ['type', ...parts]);
	checkType(known.type, [accepts.types], `${at}/type`);
	for (const part of parts) if (!(part in known)) missing(`${at}/${part}`);
	const attributes = accepts.attributes
		? readFields(
				fields(accepts.attributes),
				object(known.attributes, `${at}/attributes`),
				`${at}/attributes`,
				permits,
			)
		: {};
	const inner: Body = {
		attributes,
		relationships: {},
		embedded: {},
		meta: {},
		linkage: null,
		members: [],
	};
	if (accepts.relationships) {
		readRelationships(
			linkages(accepts.relationships),
			{},
			object(known.relationships, `${at}/relationships`),
			permits,
			inner,
		);
	}
	return { attributes, relationships: inner.relationships };
}

function readMembers(accepts: Accepts, data: unknown, permits: Permits): Body['members'] {
	if (!Array.isArray(data)) refuse(400, 'must be an array', { pointer: '/data' });
	const [least, most] = accepts.count ?? [0, Infinity];
	if (data.length < least || data.length > most) {
		refuse(400, `must hold between ${least} and ${most} entries, not ${data.length}`, {
			pointer: '/data',
		});
	}
	return data.map((entry, index) => {
		const at = `/data/${index}`;
		if (accepts.relationships) {
			return {
				id: '',
				relationships: readEmbedded(
					{ types: accepts.type!, relationships: accepts.relationships },
					entry,
					at,
					permits,
				).relationships,
			};
		}
		return { id: readLinkage(entry, [accepts.type!], at, false)!.id, relationships: {} };
	});
}

function readLinkage(
	data: unknown,
	types: string[],
	at: string,
	nullable: boolean,
): { type: string; id: string } | null {
	if (data === null) return nullable ? null : refuse(400, 'must not be null', { pointer: at });
	const known = named(object(data, at), at, ['type', 'id']);
	const type = checkType(known.type, types, `${at}/type`);
	if (!('id' in known)) missing(`${at}/id`);
	if (!isUuid(known.id)) refuse(400, 'must be a UUID', { pointer: `${at}/id` });
	return { type, id: known.id.toLowerCase() };
}
