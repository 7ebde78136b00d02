/** Whether a column of addresses or names holds one; letter case in addresses is of no account. */
export function holds(column: unknown, wanted: string | undefined): boolean {
	return (
		Array.isArray(column) &&
		column.some((entry) => String(entry).toLowerCase() === wanted?.toLowerCase())
	);
}
