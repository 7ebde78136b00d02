/**
 * What a test cannot go on without.
 *
 * @throws {Error} when it is missing, at the line of the test that needs it
 */
export function present<T>(value: T | null | undefined): T {
	if (value === null || value === undefined) throw new Error(`Expected a value, got ${value}.`);
	return value;
}
