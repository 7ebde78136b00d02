/**
 * Returns a value that a test needs to continue.
 *
 * @throws {Error} if it is missing
 */
export function present<T>(value: T | null | undefined): T {
	if (value === null || value === undefined) throw new Error(`Expected a value, got ${value}.`);
	return value;
}
