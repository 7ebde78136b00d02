/** Deeper than any event of Keeper's; what lies below is in the event itself only. */
const DEEPEST = 8;

/**
 * Calls back for every text and number in a field: its own, those of a list, and those of an object
 * under their own names.
 */
export function eachValue(
	name: string,
	value: unknown,
	take: (name: string, value: string | number) => void,
	depth = 0,
): void {
	if (typeof value === 'string' || typeof value === 'number') return take(name, value);
	if (typeof value !== 'object' || value === null || depth === DEEPEST) return;
	if (Array.isArray(value)) {
		for (const entry of value as unknown[]) eachValue(name, entry, take, depth + 1);
		return;
	}
	for (const [member, inner] of Object.entries(value)) eachValue(member, inner, take, depth + 1);
}
