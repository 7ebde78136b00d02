/** Headers as Node, fetch and n8n give them; names in any case. */
export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

type HeaderLookup = { readonly value?: string } | 'REPEATED';

/**
 * The one value of a header. A header that occurs more than once (as a list, or under names that
 * differ in case) is reported: which of the two was signed cannot be known. `name` in lower case.
 */
export function headerValue(headers: HeaderRecord, name: string): HeaderLookup {
	let found: string | undefined;
	for (const [key, value] of Object.entries(headers)) {
		if (value === undefined || key.toLowerCase() !== name) continue;
		const values = typeof value === 'string' ? [value] : value;
		if (values.length !== 1 || found !== undefined) return 'REPEATED';
		found = values[0];
	}
	return { value: found };
}
