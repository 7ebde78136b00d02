import { fail, ok, type Result } from '../../shared/failure';
import { isJsonObject } from '../../shared/json';
import { dayOf, moment } from '../../shared/time/moment';
import { reference } from '../table/references';
import { period } from './period';
import type { Field } from '../table/field';

/**
 * Checks what a user entered for a field and turns it into what the API takes.
 *
 * @param timezone of moments without an offset
 * @returns undefined where nothing was entered, else the value or a sentence on what is wrong with it.
 * Records come back as references, still to be looked up.
 */
export function fieldValue(
	field: Field,
	given: unknown,
	timezone: string,
): Result<unknown, string> | undefined {
	if (field.untrusted) return ok(given);
	if (given === undefined || given === null || given === '') return undefined;
	const unfit = (what: string) => fail(`'${field.label}' ${what}`);
	const shown = field.secret ? 'given' : `'${abridged(given)}'`;
	switch (field.type) {
		case 'string':
			if (typeof given === 'object')
				return unfit(`must be a text, but is ${Array.isArray(given) ? 'a list' : 'an object'}`);
			return ok(String(given));
		case 'number':
			return numberValue(field, given, shown);
		case 'boolean':
			if (typeof given === 'boolean') return ok(given);
			if (given === 'true' || given === 'false') return ok(given === 'true');
			return unfit(`is ${shown}, but must be true or false`);
		case 'dateTime': {
			const value = moment(given, timezone);
			return value === undefined
				? unfit(
						`is ${shown}, which is not a date. Enter one such as 2027-01-31 or 2027-01-31T12:00:00Z`,
					)
				: ok(value);
		}
		case 'date': {
			const value = dayOf(given, timezone);
			return value === undefined
				? unfit(`is ${shown}, which is not a day. Enter one such as 2027-01-31`)
				: ok(value);
		}
		case 'duration': {
			const value = period(String(given).trim());
			return value === undefined
				? unfit(
						`is ${shown}, which is not a period. Enter one such as P30D for 30 days, PT12H for 12 hours, or a number of seconds`,
					)
				: ok(value);
		}
		case 'options':
			return (
				found(chosen(field, given)) ??
				unfit(`is ${shown}, which is not one of ${Object.keys(field.options ?? {}).join(', ')}`)
			);
		case 'multiOptions':
		case 'list': {
			const texts = listed(given);
			if (texts === undefined)
				return unfit('must be a list of texts, or texts with commas between them');
			if (texts.length === 0) return emptied(field, given);
			const stranger =
				field.options && !field.loadOptions
					? texts.find((text) => !chosen(field, text))
					: undefined;
			if (stranger !== undefined)
				return unfit(
					`has '${stranger}', which is not one of ${Object.keys(field.options ?? {}).join(', ')}`,
				);
			return ok(texts);
		}
		case 'json':
			return exact(field, found(jsonValue(given)) ?? unfit('is not valid JSON'));
		case 'pairs':
			return exact(field, found(pairsValue(given)) ?? unfit('must be an object'));
		case 'record':
			return reference(field.label, field.record ?? 'license', given);
		case 'records':
			return recordsValue(field, given);
		case 'embedded':
			return embeddedValue(field, given, timezone);
	}
}

/** Refuses what JavaScript had to round when it read it. */
function exact({ label }: Field, value: Result<unknown, string>): Result<unknown, string> {
	const at = value.ok ? roundedIn(value.value) : undefined;
	return at === undefined
		? value
		: fail(
				`'${at}' in '${label}' is a whole number too large to be kept exactly. Put it in quotes, so that it goes out as text`,
			);
}

/** The name of a whole number beyond 2^53, at any depth. */
function roundedIn(value: unknown, name = 'value'): string | undefined {
	if (typeof value === 'number')
		return Number.isInteger(value) && !Number.isSafeInteger(value) ? name : undefined;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, inner] of Object.entries(value)) {
		const found = roundedIn(inner, Array.isArray(value) ? name : key);
		if (found !== undefined) return found;
	}
	return undefined;
}

function numberValue(
	{ label, min, max, zero }: Field,
	given: unknown,
	shown: string,
): Result<number, string> {
	const value =
		typeof given === 'number'
			? given
			: typeof given === 'string' && given.trim() !== ''
				? Number(given)
				: NaN;
	if (!Number.isFinite(value)) return fail(`'${label}' is ${shown}, which is not a number`);
	if (!Number.isInteger(value)) return fail(`'${label}' is ${shown}, but must be a whole number`);
	if (value === 0 && zero !== undefined) return fail(`'${label}' is 0. ${zero}`);
	if (min !== undefined && value < min)
		return fail(`'${label}' is ${shown}, but must be at least ${min}`);
	if (max !== undefined && value > max)
		return fail(`'${label}' is ${shown}, but must be at most ${max}`);
	return ok(value);
}

/** An empty array is meant: it empties a list, and a scope that names nothing finds nothing. */
function emptied({ at }: Field, given: unknown): Result<string[], string> | undefined {
	return Array.isArray(given) && /^(attributes|meta\.scope)\./.test(at) ? ok([]) : undefined;
}

const found = <T>(value: { value: T } | undefined) => value && ok(value.value);

/** An option by its value, whatever its case; what is sent is the API's spelling. */
function chosen({ options = {} }: Field, given: unknown): { value: string } | undefined {
	const text = String(given).trim();
	const value = Object.hasOwn(options, text)
		? text
		: Object.keys(options).find((key) => key.toLowerCase() === text.toLowerCase());
	return value === undefined ? undefined : { value };
}

/** Texts from an array, or from a text with commas or line breaks. */
function listed(given: unknown): string[] | undefined {
	const parts = Array.isArray(given)
		? given
		: typeof given === 'string'
			? given.split(/[,\n]/)
			: undefined;
	if (!parts?.every((part) => typeof part === 'string' || typeof part === 'number'))
		return undefined;
	return parts.map((part) => String(part).trim()).filter((part) => part !== '');
}

function jsonValue(given: unknown): { value: unknown } | undefined {
	if (typeof given !== 'string') return { value: given };
	try {
		return { value: JSON.parse(given) };
	} catch {
		return undefined;
	}
}

/** An object from n8n's list of names and values, from JSON, or from an object as it is. */
function pairsValue(given: unknown): { value: Record<string, unknown> } | undefined {
	const object = jsonValue(given)?.value;
	if (!isJsonObject(object)) return undefined;
	const { pairs } = object;
	if (!Array.isArray(pairs)) return { value: object };
	const named = pairs.filter((pair) => String(pair?.name ?? '') !== '');
	return { value: Object.fromEntries(named.map(({ name, value }) => [name, value])) };
}

function recordsValue(field: Field, given: unknown): Result<unknown, string> | undefined {
	const entries = typeof given === 'object' && !Array.isArray(given) ? [given] : listed(given);
	if (entries === undefined)
		return fail(`'${field.label}' must be a list of IDs, or IDs with commas between them`);
	const references = [];
	for (const entry of entries) {
		const one = reference(field.label, field.record ?? 'license', entry);
		if (one && !one.ok) return one;
		references.push(one?.value);
	}
	return references.length === 0 ? undefined : ok(references);
}

function embeddedValue(
	{ label, parts = {} }: Field,
	given: unknown,
	timezone: string,
): Result<unknown, string> | undefined {
	const json = jsonValue(given)?.value;
	const entries = Array.isArray(json)
		? json
		: (json as { entries?: unknown[] } | undefined)?.entries;
	if (!Array.isArray(entries))
		return json && Object.keys(json).length === 0 ? undefined : fail(`'${label}' must be a list`);
	const values = [];
	for (const entry of entries) {
		const attributes: Record<string, unknown> = {};
		for (const [name, part] of Object.entries(parts)) {
			const value = fieldValue(part, entry?.[name], timezone);
			if (value && !value.ok) return fail(`'${label}': ${value.failure}`);
			if (value) attributes[name] = value.value;
		}
		values.push(attributes);
	}
	return values.length === 0 ? undefined : ok(values);
}

function abridged(given: unknown): string {
	const text = typeof given === 'object' ? JSON.stringify(given) : String(given);
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
