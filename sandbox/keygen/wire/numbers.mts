/** A number by its text, where JavaScript would write it otherwise: `1.0`, or more digits than it holds. */
export interface RawNumber {
	rawJSON: string;
}

const json = JSON as typeof JSON & {
	rawJSON?(text: string): RawNumber;
	isRawJSON?(value: unknown): boolean;
};

/** True for a number that is kept by its text. */
export function isRaw(value: unknown): value is RawNumber {
	return json.isRawJSON?.(value) ?? false;
}

/** JSON whose numbers come back as they were sent, whole ones with a fraction as floats. */
export function readJson(text: string): unknown {
	return JSON.parse(text, (_: string, value: unknown, context?: { source?: string }) =>
		typeof value === 'number' ? kept(value, context?.source ?? String(value)) : value,
	);
}

function kept(value: number, source: string): number | RawNumber {
	const isFloat = /[.e]/i.test(source);
	const wanted = isFloat && Number.isInteger(value) ? `${value}.0` : source;
	const isPlain = wanted === String(value) || (isFloat && !Number.isInteger(value));
	return isPlain || !/^-?\d+(\.0)?$/.test(wanted) ? value : (json.rawJSON?.(wanted) ?? value);
}
