/** A copy of a record without the members that are undefined. */
export function compact(record: Record<string, unknown>): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	for (const key of Object.keys(record)) if (record[key] !== undefined) kept[key] = record[key];
	return kept;
}
