import { isReference, valueIn, type Input, type Inputs } from '../input/inputs';
import { isShared, recordKind } from '../table/records';
import type { Reference } from '../table/references';
import { pathSegment, type Body, type ServiceRequest } from '../service/request';
import { isRepeatable, isSentBy, type Resource, type SentRow } from '../table/row';

type Ids = (reference: Reference) => string;

/** References that must be IDs on the wire and are not yet. */
export function unresolved(row: SentRow, { path, fields }: Inputs): Reference[] {
	const inBody = fields
		.filter(({ field }) => !field.aliasAsGiven && field.aliasAt === undefined)
		.flatMap(({ value }) => (Array.isArray(value) ? value : [value]).filter(isReference));
	return [
		...inBody,
		...path.filter((reference, index) => isLookedUp(row, reference, index)),
	].filter(({ isId }) => !isId);
}

/** Whether a record in the path is looked up, because its alias would not do there. */
function isLookedUp(row: SentRow, { record }: Reference, index: number): boolean {
	if (index > 0) return recordKind(record).lookedUpBelow?.(row.path) ?? false;
	// By alias, a DELETE that is sent again could hit the next record of that name.
	return isShared(record) || (isSentBy(row, 'DELETE') && !row.required);
}

/**
 * The request of an operation.
 *
 * @param ids gives the ID of each reference that `unresolved` named
 * @param newId makes a UUID
 */
export function buildRequest(
	row: SentRow,
	resource: Resource,
	inputs: Inputs,
	ids: Ids,
	newId: () => string,
): ServiceRequest {
	const references = [...inputs.path];
	const request: ServiceRequest = {
		method: row.method,
		path: row.path.replace(/\{(\w+)\}/g, (placeholder, name) =>
			name === 'account' ? placeholder : segment(references.shift(), ids),
		),
		query: inputs.fields.flatMap((input) => queryOf(input, ids)),
		headers: { ...row.headers },
		repeatable: isRepeatable(row),
	};
	const body = bodyOf(row, resource, inputs, ids, newId);
	if (body) request.body = body;
	if (row.login) {
		const text = (name: string) => String(valueIn(inputs, name));
		request.login = { email: text('email'), password: text('password') };
	}
	return request;
}

function segment(reference: Reference | undefined, ids: Ids): string {
	return pathSegment(reference === undefined ? '' : idOf(reference, ids));
}

function queryOf({ field, value }: Input, ids: Ids): Array<[string, string]> {
	if (!field.at.startsWith('query.')) return [];
	if (field.blanks) return (value as string[]).map((blank) => [blank, '']);
	const name = field.at.slice('query.'.length);
	if (value === null) return [[name, '']];
	if (field.type === 'pairs')
		return Object.entries(value as object).map(([key, one]) => [`${name}[${key}]`, String(one)]);
	if (Array.isArray(value)) {
		const many = name.endsWith('[]') || value.length === 1 ? name : `${name}[]`;
		return value.map((one) => [many, String(one)]);
	}
	return [[name, isReference(value) ? idOf(value, ids) : String(value)]];
}

function bodyOf(
	row: SentRow,
	resource: Resource,
	inputs: Inputs,
	ids: Ids,
	newId: () => string,
): Body | undefined {
	const at = (prefix: string) =>
		inputs.fields.filter(({ field }) => field.at === prefix || field.at.startsWith(`${prefix}.`));
	const body: Body = {};
	if (row.body === 'unlink') {
		body.data = null;
	} else if (row.body === 'linkage') {
		for (const linkage of at('data')) body.data = linkageOf(linkage, ids);
	} else if (row.body === 'resource') {
		const relationships = at('relationships').map(({ field, value }) => [
			last(field.at),
			{ data: linkageOf({ field, value }, ids) },
		]);
		const id = at('data.id')[0]?.value ?? (row.ownId ? newId() : undefined);
		body.data = {
			type: row.type ?? resource.type,
			...(id === undefined ? {} : { id }),
			attributes: Object.fromEntries(
				at('attributes').map(({ field, value }) => [last(field.at), value]),
			),
			...(relationships.length > 0 ? { relationships: Object.fromEntries(relationships) } : {}),
		};
	}
	for (const { field, value } of at('meta')) {
		const isAlias = isReference(value) && !value.isId;
		const place = isAlias ? (field.aliasAt ?? field.at) : field.at;
		put(body, place, isReference(value) ? idOf(value, ids) : value);
	}
	return Object.keys(body).length > 0 ? body : undefined;
}

function linkageOf({ field, value }: Pick<Input, 'field' | 'value'>, ids: Ids): unknown {
	if (value === null) return null;
	if (field.type === 'embedded')
		return (value as object[]).map((attributes) => ({ type: field.wrap, attributes }));
	if (!Array.isArray(value)) return identifier(value as Reference, ids);
	const { wrap } = field;
	if (wrap === undefined) return value.map((one) => identifier(one, ids));
	return value.map((one: Reference) => ({
		type: wrap,
		relationships: { [one.record]: { data: identifier(one, ids) } },
	}));
}

function identifier(reference: Reference, ids: Ids): { type: string; id: string } {
	const { type } = recordKind(reference.record);
	return { type, id: idOf(reference, ids) };
}

const idOf = (reference: Reference, ids: Ids) =>
	reference.isId ? reference.value : ids(reference);
const last = (at: string) => at.slice(at.lastIndexOf('.') + 1);

/** Puts a value at a dotted path. */
function put(target: object, at: string, value: unknown): void {
	const steps = at.split('.');
	const name = steps.pop() as string;
	let place = target as Record<string, unknown>;
	for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
	place[name] = value;
}
