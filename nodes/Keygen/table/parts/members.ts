import type { Row } from '../row';
import type { FilterName } from '../filters';

/** A relation to several records, read through their parent. */
export interface Relation {
	/** Path segment, and JSON:API type of the members. */
	path: string;
	/** Name of a member in paths. */
	record: string;
	one: string;
	many: string;
	filters?: FilterName[];
	more?: Partial<Row>;
}

/** The two rows that read a relation: the list of its members, and one of them. */
export function members(
	parent: string,
	{ path, record, one, many, filters, more }: Relation,
): Record<string, Row> {
	const under = `/${PLURALS[parent]}/{${parent}}/${path}`;
	const title = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
	const pascal = (name: string) => title(name).replace(/ /g, '');
	return {
		[`get${pascal(many)}`]: {
			name: `Get Many ${title(many)}`,
			action: `Get many ${parent} ${many}`,
			request: `GET ${under}`,
			answer: 'list',
			filters,
			...more,
		},
		[`get${pascal(one)}`]: {
			name: `Get ${title(one)}`,
			action: `Get ${parent} ${one}`,
			request: `GET ${under}/{${record}}`,
			...more,
		},
	};
}

const PLURALS: Record<string, string> = {
	environment: 'environments',
	group: 'groups',
	license: 'licenses',
	machine: 'machines',
	policy: 'policies',
	product: 'products',
	release: 'releases',
	user: 'users',
};

/** Rows that read a relation to one record. */
export function owners(parent: string, plural: string, names: string[]): Record<string, Row> {
	return Object.fromEntries(
		names.map((name) => [
			`get${name.charAt(0).toUpperCase()}${name.slice(1)}`,
			{
				name: `Get ${name.charAt(0).toUpperCase()}${name.slice(1)}`,
				action: `Get ${parent} ${name}`,
				request: `GET /${plural}/{${parent}}/${name}`,
			},
		]),
	);
}
