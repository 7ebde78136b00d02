import type { FilterName } from '../filters';
import { RECORDS, type RecordName } from '../records';
import type { WrittenRequest } from '../resource';

/** A relation to several records, read through their parent. */
export interface Relation {
	/** Path segment. */
	path: string;
	/** Name of a member in paths. */
	record: RecordName;
	one: string;
	many: string;
	filters?: readonly FilterName[];
	/** Sent with the request for one of them. */
	headers?: Readonly<Record<string, string>>;
}

const title = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const pascal = (name: string) => title(name).replace(/ /g, '');
/** Path of a parent's relation, up to the relation's own segments. */
const pathOf = (parent: RecordName) => `/${RECORDS[parent].type}/{${parent}}` as const;

/** The two rows that read a relation: the list of its members, and one of them. */
export function members(
	parent: RecordName,
	{ path, record, one, many, filters, headers }: Relation,
): Record<string, WrittenRequest> {
	const under = `${pathOf(parent)}/${path}` as const;
	return {
		[`get${pascal(many)}`]: {
			name: `Get Many ${title(many)}`,
			action: `Get many ${parent} ${many}`,
			request: `GET ${under}`,
			answer: 'list',
			fold: 'getManyRelated',
			...(filters && { filters }),
		},
		[`get${pascal(one)}`]: {
			name: `Get ${title(one)}`,
			action: `Get ${parent} ${one}`,
			request: `GET ${under}/{${record}}`,
			fold: 'getRelated',
			...(headers && { headers }),
		},
	};
}

/** Rows that read relations to one record each. */
export function owners(
	parent: RecordName,
	names: readonly string[],
): Record<string, WrittenRequest> {
	return Object.fromEntries(
		names.map((name): [string, WrittenRequest] => [
			`get${title(name)}`,
			{
				name: `Get ${title(name)}`,
				action: `Get ${parent} ${name}`,
				request: `GET ${pathOf(parent)}/${name}`,
				fold: 'getRelated',
			},
		]),
	);
}
