/** Whether a column of addresses contains one, in any letter case. */
export function holds(column: unknown, wanted: string | undefined): boolean {
	return (
		Array.isArray(column) &&
		column.some((entry) => String(entry).toLowerCase() === wanted?.toLowerCase())
	);
}
