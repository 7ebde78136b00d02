export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A body's JSON object, or undefined for anything else. */
export function jsonObject(body: Buffer): JsonObject | undefined {
	try {
		const value: unknown = JSON.parse(body.toString('utf8'));
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}
