import type { OutputFormat } from '../../../../nodes/KeeperAdminEvents/formats/formats';

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

/** What a search may not rely on: copies of the event, whose fields differ by event. */
function without(document: Document, ...names: string[]): Document {
	return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

export const SEARCHES: Record<OutputFormat, Search> = {
	// The event itself has all in it, though written in its own ways.
	raw: (document) => {
		const values = leaves(document);
		return (value) => values.some((held) => held.includes(value));
	},
	ecs: ({ related, keeper }) =>
		among([...leaves(related), ...leaves(without(keeper as Document, 'audit'))]),
	ocsf: ({ observables }) => among(leaves(observables)),
};
