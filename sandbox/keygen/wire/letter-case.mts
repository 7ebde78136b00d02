/**
 * The service stores every key of a body underscored and answers with lower camel case, keys of
 * metadata included, so `SKU`, `foo-bar` and `a.b` come back altered.
 */
export function underscore(key: string): string {
	return key
		.replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.toLowerCase()
		.replace(/[ßæøđł]/g, (letter) => latin[letter])
		.normalize('NFD')
		.replace(/\p{Mark}/gu, '')
		.replace(/[^a-z0-9]+/g, '_')
		.replace(/^_+|_+$/g, '');
}

/** Letters of Latin scripts that are no letter of English with an accent. */
const latin: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', đ: 'd', ł: 'l' };

/** `max_machines` and `max-machines` to `maxMachines`. */
export function camelize(key: string): string {
	return key.replace(/[_-]+([A-Za-z\d])/g, (_, letter: string) => letter.toUpperCase());
}

/** The one spelling under which the sandbox compares member names. */
export function canonical(key: string): string {
	return camelize(underscore(key));
}

/** Applies `rename` to the keys of objects at every depth, or only below the first one. */
export function mapKeys(
	value: Record<string, unknown>,
	rename: (key: string, depth: number) => string,
): Record<string, unknown>;
export function mapKeys(
	value: unknown,
	rename: (key: string, depth: number) => string,
	depth?: number,
): unknown;
export function mapKeys(
	value: unknown,
	rename: (key: string, depth: number) => string,
	depth = 0,
): unknown {
	if (Array.isArray(value)) return value.map((entry) => mapKeys(entry, rename, depth));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [
			rename(key, depth),
			mapKeys(entry, rename, depth + 1),
		]),
	);
}
