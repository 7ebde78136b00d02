export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export function asObject(value: Json): JsonObject {
	if (!isObject(value)) throw new Error(`${JSON.stringify(value)} is not an object`);
	return value;
}

/** Parses JSON; a number whose text JavaScript would not write itself becomes `<number:text>`. */
export function parseJson(text: string): Json {
	return JSON.parse(text, (_, value: Json, context?: { source?: string }) => {
		const source = context?.source;
		return typeof value === 'number' && source !== undefined && source !== String(value)
			? `<number:${source}>`
			: value;
	}) as Json;
}

/** What stands at a path such as `data.0.id`. */
export function at(value: Json | undefined, path: string): Json | undefined {
	return path
		.split('.')
		.reduce<
			Json | undefined
		>((here, key) => (here !== null && typeof here === 'object' ? (here as JsonObject)[key] : undefined), value);
}
