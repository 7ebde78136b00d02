/** Letters of Latin scripts that are no letter of English with an accent. */
const LATIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', ø: 'o', đ: 'd', ł: 'l' };

/**
 * What a metadata key comes back as. The service turns every key of a request to snake_case, with
 * accents taken off and an underscore for whatever is neither a letter of English nor a digit, and
 * every key of an answer to camelCase.
 */
export function roundTrip(key: string): string {
	const stored = key
		.replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replace(/[ßæøđł]/g, (letter) => LATIN[letter])
		.normalize('NFD')
		.replace(/\p{Mark}/gu, '')
		.replace(/[^a-z\d]+/g, '_')
		.replace(/^_+|_+$/g, '');
	return stored.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

/** The keys in an object, at any depth, that come back as something else, with what that is. */
export function changedKeys(value: unknown): Array<[key: string, becomes: string]> {
	return keysIn(value).flatMap((keys) =>
		keys.flatMap((key): Array<[string, string]> => {
			const becomes = roundTrip(key);
			return becomes === key ? [] : [[key, becomes]];
		}),
	);
}

/** Keys of one object, at any depth, that come back as one: only the last one's value is kept. */
export function collidingKeys(value: unknown): string[][] {
	return keysIn(value).flatMap((keys) => {
		const together = new Map<string, string[]>();
		for (const key of keys) {
			const becomes = roundTrip(key);
			together.set(becomes, [...(together.get(becomes) ?? []), key]);
		}
		return [...together.values()].filter(({ length }) => length > 1);
	});
}

/** The keys of each object in a value. */
function keysIn(value: unknown): string[][] {
	if (typeof value !== 'object' || value === null) return [];
	const inner = Object.values(value).flatMap(keysIn);
	return Array.isArray(value) ? inner : [Object.keys(value), ...inner];
}
