import { isObject } from './json.mts';
import type { Json, JsonObject } from './json.mts';
import type { Answer } from './scenario.mts';

const MOST = 160;

/** Where two answers differ, a line each. The order of an object's members does not matter. */
export function differences(recorded: Answer, here: Answer): string[] {
	const found: string[] = [];
	const tell = (path: string, was: Json | undefined, is: Json | undefined) =>
		found.push(`${path}: recorded ${short(was)}, here ${short(is)}`);

	function compare(was: Json | undefined, is: Json | undefined, path: string): void {
		if (Array.isArray(was) && Array.isArray(is) && was.length === is.length)
			return was.forEach((entry, index) => compare(entry, is[index], `${path}.${index}`));
		if (isObject(was) && isObject(is)) {
			for (const name of new Set([...Object.keys(was), ...Object.keys(is)]))
				compare(was[name], is[name], path ? `${path}.${name}` : name);
			return;
		}
		if (was !== is) tell(path, was, is);
	}

	if (recorded.status !== here.status)
		return [`status: recorded ${line(recorded)}, here ${line(here)}`];
	compare(recorded.headers, here.headers, 'headers');
	compare(recorded.body, here.body, '');
	return found;
}

function line({ status, body }: Answer): string {
	const errors = isObject(body) && Array.isArray(body.errors) ? (body.errors as JsonObject[]) : [];
	const parts = errors.map(({ code, source, detail }) =>
		[code, JSON.stringify(source), detail].filter(Boolean).join(' '),
	);
	return [status, parts.join(' | ')].filter(Boolean).join(' ');
}

function short(value: Json | undefined): string {
	const text = value === undefined ? 'nothing' : JSON.stringify(value);
	return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}
