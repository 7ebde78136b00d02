import { refuse } from '../refusals/problems.mts';
import { isUuid } from '../wire/values.mts';
import type { Accepts } from './accepts.mts';
import { emptyBody } from './body.mts';
import type { Body, Member } from './body.mts';
import { checkType, missing, named, object, readFields, unpermitted } from './members.mts';
import type { Members, Permits } from './members.mts';
import { mismatch } from './misfits.mts';
import { fields, linkages } from './notation.mts';
import { readEmbedded, readIdentifier, readLinkage, readRelationships } from './relationships.mts';

/**
 * Checks a request body against what its row accepts and returns it in canonical names.
 * Throws a 400 with `source.pointer` for the first member that is unknown, not permitted, missing
 * or of a wrong type.
 */
export function readDocument(accepts: Accepts, raw: unknown, permits: Permits): Body {
	const body = emptyBody();
	const document = raw === undefined ? {} : object(raw, '');
	const known = named(document, '', [
		...(accepts.type ? ['data'] : []),
		...(accepts.meta !== undefined ? ['meta'] : []),
	]);

	if (accepts.type) {
		if (!('data' in known)) {
			if (!accepts.dataOptional) missing('/data');
		} else if (accepts.linkage === 'many') {
			body.members = readMembers(accepts, accepts.type, known.data, permits);
		} else if (accepts.linkage) {
			const nullable = accepts.linkage === 'one|null';
			body.linkage = readLinkage(known.data, [accepts.type], '/data', nullable);
		} else {
			readResource(accepts, accepts.type, object(known.data, '/data'), permits, body);
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

function readResource(
	accepts: Accepts,
	type: string,
	data: Members,
	permits: Permits,
	body: Body,
): void {
	const relationships = linkages(accepts.relationships ?? '?');
	const embedded = accepts.embedded ?? {};
	const related = relationships.members.length > 0 || accepts.embedded;
	const known = named(data, '/data', [
		'type',
		...(accepts.id ? ['id'] : []),
		...(accepts.attributes !== undefined ? ['attributes'] : []),
		...(related ? ['relationships'] : []),
	]);
	checkType(known.type, [type], '/data/type');
	if ('id' in known) {
		if (accepts.id !== 'ignored') {
			if (!permits({ roles: accepts.id })) unpermitted('/data/id');
			if (!isUuid(known.id)) refuse(400, mismatch(known.id, 'uuid'), { pointer: '/data/id' });
			body.id = known.id;
		} else if (typeof known.id !== 'string') {
			refuse(400, mismatch(known.id, 'string'), { pointer: '/data/id' });
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

function readMembers(accepts: Accepts, type: string, data: unknown, permits: Permits): Member[] {
	if (data === null) refuse(400, 'cannot be null', { pointer: '/data' });
	if (!Array.isArray(data)) refuse(400, mismatch(data, 'array'), { pointer: '/data' });
	const [least, most] = accepts.count ?? [0, Infinity];
	if (data.length < least || data.length > most) {
		refuse(400, `length must be between ${least} and ${most} (inclusive)`, { pointer: '/data' });
	}
	return data.map((entry, index) => {
		const at = `/data/${index}`;
		if (accepts.relationships) {
			return {
				id: '',
				relationships: readEmbedded(
					{ types: type, relationships: accepts.relationships },
					entry,
					at,
					permits,
				).relationships,
			};
		}
		return { id: readIdentifier(entry, [type], at).id, relationships: {} };
	});
}
