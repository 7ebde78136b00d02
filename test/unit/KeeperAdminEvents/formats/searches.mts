import type { OutputFormat } from '../../../../nodes/KeeperAdminEvents/formats/formats';
import { parseCef } from './grammars/cef.mts';
import { parseLeef } from './grammars/leef.mts';
import { parseSyslog } from './grammars/syslog.mts';

type Document = Record<string, unknown>;
/** Whether somebody who searches for a value, as the target of a format does, finds the document. */
type Search = (document: Document) => (value: string) => boolean;

/** All values of a document, wherever they are. */
function leaves(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(leaves);
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
	return value === undefined || value === null ? [] : [String(value)];
}

const among = (values: string[]) => {
	const set = new Set(values);
	return (value: string) => set.has(value);
};

/** In lines, a field of Keeper's may hold a list; and not every sign can be in a line. */
const within = (values: string[]) => {
	const plain = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]/gu, ' ').trim();
	const found = values.map(plain);
	return (value: string) => found.some((held) => held.includes(plain(value)));
};

/** What a search may not rely on: copies of the event, whose fields differ by event. */
function without(document: Document, ...names: string[]): Document {
	return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

export const SEARCHES: Record<OutputFormat, Search> = {
	// The event itself has all in it, though written in its own ways.
	raw: (document) => within(leaves(document)),
	ecs: ({ related, keeper }) =>
		among([...leaves(related), ...leaves(without(keeper as Document, 'audit'))]),
	ocsf: ({ observables }) => among(leaves(observables)),
	splunk: ({ fields }) => among(leaves(fields)),
	sentinel: ({ data }) => {
		const { normalized, device_name: device } = data as Document;
		return among([...leaves(normalized), String(device).trim()]);
	},
	udm: (document) => within(leaves(without(document, 'additional', 'metadata', 'securityResult'))),
	// The sentence in `msg` names people too, but nobody searches for sentences.
	cef: ({ line }) => within(leaves(without(parseCef(String(line)).extension, 'msg'))),
	leef: ({ line }) => within(leaves(parseLeef(String(line)).attributes)),
	syslog: ({ line }) => within(leaves(JSON.parse(parseSyslog(String(line)).message))),
};
