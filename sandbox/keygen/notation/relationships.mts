import { refuse } from '../refusals/problems.mts';
import { isUuid } from '../wire/values.mts';
import type { Embedded } from './accepts.mts';
import { emptyBody } from './body.mts';
import type { Body, EmbeddedResource, Identifier } from './body.mts';
import { checkType, missing, named, object, readFields, unpermitted } from './members.mts';
import type { Members, Permits } from './members.mts';
import { mismatch } from './misfits.mts';
import { fields, linkages } from './notation.mts';
import type { Linkage, Shape } from './notation.mts';

/** Reads the members of `relationships` into the body. Throws as `readDocument` does. */
export function readRelationships(
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
			refuse(400, mismatch(holder.data, 'array'), { pointer: `${pointer}/data` });
		body.embedded[name] = holder.data.map((entry, index) =>
			readEmbedded(accepts, entry, `${pointer}/data/${index}`, permits),
		);
	}
}

/** Reads a resource that a relationship or a list carries whole. */
export function readEmbedded(
	accepts: Embedded,
	entry: unknown,
	at: string,
	permits: Permits,
): EmbeddedResource {
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
	const inner = emptyBody();
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

export function readLinkage(
	data: unknown,
	types: string[],
	at: string,
	nullable: boolean,
): Identifier | null {
	return data === null && nullable ? null : readIdentifier(data, types, at);
}

export function readIdentifier(data: unknown, types: string[], at: string): Identifier {
	if (data === null) refuse(400, 'cannot be null', { pointer: at });
	const known = named(object(data, at), at, ['type', 'id']);
	const type = checkType(known.type, types, `${at}/type`);
	if (!('id' in known)) missing(`${at}/id`);
	if (!isUuid(known.id)) refuse(400, mismatch(known.id, 'uuid'), { pointer: `${at}/id` });
	return { type, id: known.id.toLowerCase() };
}
