import type { Field, Linkage } from './field';
import type { RecordName } from './records';
import type { Absent, Compound, LocalRow, RequestRow, Resource, Row } from './row';
import { partsOf, type NamesIn } from './route';

type Fields = Readonly<Record<string, Field>>;
type LinkageName<F> = { [Name in keyof F]: F[Name] extends Linkage ? Name : never }[keyof F] &
	string;
type MemberName<F> = Exclude<keyof F & string, LinkageName<F>>;

/** Follows from the rest of a row, so no row says it. */
type Derived = 'method' | 'path' | 'records' | 'body' | 'answer';
type Names = 'required' | 'shown' | 'optional' | 'settings';
type Naming<Name extends string> = { [Key in Names]?: readonly Name[] };
type Written<R extends Row, Name extends string> = Omit<R, Derived | Names> & Naming<Name>;

/** A request whose body is made of the fields that it names, or that has no body. */
export interface WrittenRequest<Name extends string = never> extends Written<RequestRow, Name> {
	/** By default `deleted` for DELETE, else `record`. */
	answer?: Exclude<RequestRow['answer'], 'verdict' | 'documentVerdict'>;
	link?: undefined;
}

/** A request that changes a relation: to what a field holds, or, with null, to nothing. */
interface WrittenLink<Name extends string>
	extends Omit<WrittenRequest, 'link' | Barred>,
		Absent<Pick<WrittenRequest, Exclude<Barred, 'compound'>>> {
	link: Name | null;
}
type Barred = Names | 'include' | 'filters' | 'type' | 'ownId' | 'login' | 'reads' | 'compound';

interface WrittenCompound<Name extends string>
	extends Omit<WrittenRequest<Name>, 'answer' | 'compound'> {
	compound: Compound;
	answer?: undefined;
}

type WrittenLocal<Name extends string> = Pick<LocalRow, 'name' | 'action' | 'description'> &
	Pick<LocalRow, 'local' | 'notice' | 'note'> &
	Omit<Naming<Name>, 'optional'> & { answer: 'verdict' | 'documentVerdict' };

type WrittenRow<F> =
	| WrittenRequest<MemberName<F>>
	| WrittenLink<LinkageName<F>>
	| WrittenCompound<MemberName<F>>
	| WrittenLocal<MemberName<F>>;

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type Strangers<Request extends string> = Exclude<NamesIn<Request>, RecordName | 'account'>;

/** What the compiler adds to a row to find a path's unknown records and the row's misspelled keys. */
type Checked<R, F> = (R extends { request: infer Request extends string }
	? [Strangers<Request>] extends [never]
		? unknown
		: { request: `There is no record '${Strangers<Request>}' in records.ts` }
	: unknown) & { [Key in Exclude<keyof R, KeyOf<WrittenRow<F>>>]: never };

/** Writes down a resource. The compiler holds its rows to the resource's own fields. */
export function resource<F extends Fields, const R extends Record<string, WrittenRow<F>>>(
	definition: Omit<Resource, 'fields' | 'operations'> & {
		fields: F;
		operations: R & { [Name in keyof R]: Checked<R[Name], F> };
	},
): Resource {
	const { fields } = definition;
	const rows: Array<[string, WrittenRow<F>]> = Object.entries(definition.operations);
	return {
		...definition,
		operations: Object.fromEntries(rows.map(([name, row]) => [name, complete(row, fields)])),
	};
}

/** A row with what follows from it. */
function complete<F extends Fields>(row: WrittenRow<F>, fields: F): Row {
	if ('local' in row && row.local !== undefined) return { ...row, records: [] };
	const parts = partsOf(row.request);
	const usual = parts.method === 'DELETE' ? 'deleted' : 'record';
	if (row.link !== undefined) {
		const { link, ...rest } = row;
		const answer = rest.answer ?? usual;
		if (link === null) return { ...rest, ...parts, answer, body: 'unlink' };
		const required = row.confirmed ? [link, 'confirmation'] : [link];
		return { ...rest, ...parts, answer, body: 'linkage', required };
	}
	const isResource = [...(row.required ?? []), ...(row.optional ?? [])].some((name) =>
		/^(attributes|relationships)\./.test(fields[name].at),
	);
	const body = isResource ? 'resource' : 'none';
	return { ...row, ...parts, answer: row.answer ?? usual, body };
}
