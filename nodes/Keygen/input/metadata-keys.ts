/**
 * What a metadata key comes back as. The service turns every key of a request to snake_case and
 * every key of an answer to camelCase.
 *
 * @returns the key as it will be read back; for characters other than letters, digits, hyphens and
 * underscores that is a guess
 */
export function roundTrip(key: string): string {
	const stored = key
		.replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.replace(/-/g, '_')
		.toLowerCase();
	return stored.replace(/[_.\s]+([a-z\d]?)/g, (_, letter: string, position: number) =>
		position === 0 ? letter : letter.toUpperCase(),
	);
}

/** The keys in an object, at any depth, that come back as something else, with what that is. */
export function changedKeys(value: unknown): Array<[key: string, becomes: string]> {
	if (Array.isArray(value)) return value.flatMap(changedKeys);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => {
		const becomes = roundTrip(key);
		return [
			...(becomes === key ? [] : [[key, becomes] as [string, string]]),
			...changedKeys(inner),
		];
	});
}
