import { isRecordName, type RecordName } from './records';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Method and path. `{license}` is the record of that name, chosen by the user; `{account}` is the
 * credential's. Paths follow the account's base; those that begin with `/v1` follow the server's.
 */
export type Route = `${Method} /${string}`;

/** The names in braces in a text. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | NamesIn<Rest>
	: never;

/** A route's parts; the records in the order of the path. */
export function partsOf(route: Route): { method: Method; path: string; records: RecordName[] } {
	const [method, path] = route.split(' ') as [Method, string];
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
	return { method, path, records: names.filter(isRecordName) };
}
