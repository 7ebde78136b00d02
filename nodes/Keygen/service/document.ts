import { capital } from '../../shared/words';

/** A resource object of JSON:API, as the service sends it. */
export interface ResourceObject {
	type: string;
	id: string;
	attributes?: Record<string, unknown>;
	relationships?: Record<string, Relationship>;
	links?: Record<string, unknown>;
	meta?: Record<string, unknown>;
}

interface Relationship {
	data?: Identifier | Identifier[] | null;
	meta?: Record<string, unknown>;
}

interface Identifier {
	type: string;
	id: string;
}

/** A document of JSON:API. */
export interface ServiceDocument {
	data?: ResourceObject | ResourceObject[] | null;
	included?: ResourceObject[];
	meta?: Record<string, unknown>;
	links?: Record<string, unknown>;
	errors?: unknown;
}

export type Plain = Record<string, unknown>;

/** A document's resources, in order. */
export function resourcesOf({ data }: ServiceDocument): ResourceObject[] {
	return (Array.isArray(data) ? data : [data]).filter(isResource);
}

export function isResource(value: unknown): value is ResourceObject {
	return typeof value === 'object' && value !== null && 'type' in value && 'id' in value;
}

/** Relations whose linkage alone says of what type the other record is. */
const POLYMORPHIC: ReadonlySet<string> = new Set(['bearer', 'requestor', 'resource', 'whodunnit']);

/**
 * A resource as one flat record: ID and type, its attributes, the IDs of what it is related to.
 *
 * A relation to one gives `ownerId`, which is null where there is none; a relation to several gives
 * what the service tells of them, such as `usersCount`. One to a record of any type gives that too, as
 * `bearerType`.
 */
export function flatten({
	id,
	type,
	attributes = {},
	relationships = {},
	links = {},
	meta = {},
}: ResourceObject): Plain {
	const related: Plain = {};
	for (const [name, relation] of Object.entries(relationships)) {
		const { data, meta: facts } = relation ?? {};
		if (Array.isArray(data)) related[`${name}Ids`] = data.map((one) => one.id);
		else if (data !== undefined) related[`${name}Id`] = data?.id ?? null;
		if (POLYMORPHIC.has(name) && data !== undefined && !Array.isArray(data))
			related[`${name}Type`] = data?.type ?? null;
		for (const [fact, value] of Object.entries(facts ?? {})) related[name + capital(fact)] = value;
	}
	const redirect = typeof links.redirect === 'string' ? { redirectUrl: links.redirect } : {};
	return {
		id,
		type,
		...redirect,
		...attributes,
		...without(meta, attributes),
		...without(related, attributes),
	};
}

/**
 * What goes out for a document of one resource: facts about the answer first, such as `valid` and
 * `code` of a validation, then the record.
 *
 * @returns one flat record, with `id` null where the service has none
 */
export function flattenDocument(document: ServiceDocument): Plain {
	const [resource] = resourcesOf(document);
	const { meta = {}, included = [] } = document;
	const record = resource ? flatten(resource) : { id: null };
	const extra = included.length > 0 ? { included: included.filter(isResource).map(flatten) } : {};
	return { ...validationFirst(meta), ...record, ...extra };
}

function validationFirst({ valid, code, detail, ...others }: Plain): Plain {
	return valid === undefined
		? {
				...(code === undefined ? {} : { code }),
				...(detail === undefined ? {} : { detail }),
				...others,
			}
		: { valid, code, detail, ...others };
}

const without = (facts: Plain, taken: Plain) =>
	Object.fromEntries(
		Object.entries(facts).filter(
			([name]) => !Object.hasOwn(taken, name) && name !== 'id' && name !== 'type',
		),
	);
