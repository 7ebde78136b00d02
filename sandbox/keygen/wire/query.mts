/** A query value: text, a list (`roles[]=`) or an object (`page[size]=`). */
export type QueryValue = string | QueryValue[] | { [key: string]: QueryValue };

/** One name that is given first as text and then as an object, which nobody can read. */
export class AmbiguousQuery extends Error {}

/**
 * Reads a query string the way Rack does: `a[b]=1` nests, `a[]=1` collects, the last plain value
 * wins. Text that does not decode is kept as it stands. A name that was text before and is an object
 * now throws, as it does in Rack; the other way round the text wins.
 */
export function readQuery(search: string): Record<string, QueryValue> {
	const result: Record<string, QueryValue> = {};
	for (const pair of search.replace(/^\?/, '').split('&')) {
		if (pair === '') continue;
		const cut = pair.indexOf('=');
		const name = decode(cut < 0 ? pair : pair.slice(0, cut));
		const value = cut < 0 ? '' : decode(pair.slice(cut + 1));
		refuseSecondForm(result, name);
		put(result, steps(name), value);
	}
	return result;
}

/** A plain value, or undefined when it is absent or nested. */
export function plain(value: QueryValue | undefined): string | undefined {
	return typeof value === 'string' ? value : undefined;
}

/** A list value; a single plain value counts as a list of one. */
export function asList(value: QueryValue | undefined): string[] {
	if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
	return typeof value === 'string' ? [value] : [];
}

/** The members of a nested value, or an empty object. */
export function nested(value: QueryValue | undefined): Record<string, QueryValue> {
	return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

function refuseSecondForm(result: Record<string, QueryValue>, name: string): void {
	const [head] = name.split('[', 1);
	if (name !== head && typeof result[head] === 'string') throw new AmbiguousQuery();
}

function steps(name: string): string[] {
	const [head] = name.split('[', 1);
	return [head, ...[...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1])];
}

function put(home: Record<string, QueryValue>, path: string[], value: string): void {
	const [head, next, ...rest] = path;
	if (next === undefined) {
		home[head] = value;
	} else if (next === '') {
		const list = Array.isArray(home[head]) ? (home[head] as QueryValue[]) : [];
		home[head] = [...list, value];
	} else {
		const inner = nested(home[head]);
		put(inner, [next, ...rest], value);
		home[head] = inner;
	}
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		return text;
	}
}
