import { fail, ok, type Result } from '../../shared/failure';
import { unfitness } from '../command-line/quoting';
import type { Choice, Field } from '../table/fields/field';

type Value = Result<string | undefined>;

const EMAIL = /^[^\s@"<>]+@[^\s@"<>]+$/;
/** Fields whose values are not part of a command line. */
const OUTSIDE_LINES = new Set<Field['type']>(['secret', 'json', 'names', 'moment']);

/**
 * A field's value for a command line.
 *
 * @param given from the panel or an item
 * @returns undefined for an empty value; a failure that names the field for a value that cannot be sent
 */
export function fieldValue(field: Field, given: unknown): Value {
	const value =
		given !== null && typeof given === 'object' && 'value' in given ? given.value : given;
	if (value === undefined || value === null || value === '') return ok(undefined);
	const read = readAs(field, value);
	if (!read.ok || read.value === undefined || OUTSIDE_LINES.has(field.type)) return read;
	const unfit = unfitness(read.value);
	return unfit === undefined
		? read
		: wrong(`'${field.label}' ${unfit}`, 'Correct it at its source. Nothing was sent.');
}

function readAs(field: Field, value: unknown): Value {
	switch (field.type) {
		case 'flag':
			return ok(value === true || value === 'true' ? 'true' : undefined);
		case 'count':
			return Number.isInteger(Number(value)) && Number(value) >= 0
				? ok(String(Number(value)))
				: wrong(`'${field.label}' is not a whole number`, 'Enter a number such as 30.');
		case 'choice':
			return choice(field.label, field.options, value);
		case 'choices':
			return choices(field.label, field.options, value);
		case 'json':
			return json(field.label, value);
		case 'names':
			return names(field.label, value);
		case 'email':
			return email(field.label, value);
		case 'record':
			return text(field.label, typeof value === 'string' ? value.trim() : value);
		default:
			return text(field.label, value);
	}
}

function text(label: string, value: unknown): Value {
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
		? ok(String(value))
		: wrong(`'${label}' must be text`, 'Use a field that contains text.');
}

function email(label: string, value: unknown): Value {
	const address = String(value).trim();
	return EMAIL.test(address)
		? ok(address)
		: wrong(`'${label}' is not an email address`, 'Enter one address, such as jane@example.com.');
}

function choice(label: string, options: Readonly<Record<string, Choice>>, value: unknown): Value {
	const chosen = String(value);
	return chosen in options
		? ok(chosen)
		: wrong(`'${label}' cannot be '${chosen}'`, `Use one of: ${Object.keys(options).join(', ')}.`);
}

function choices(label: string, options: Readonly<Record<string, Choice>>, value: unknown): Value {
	const chosen = (Array.isArray(value) ? value : String(value).split(',')).map((part) =>
		String(part).trim(),
	);
	for (const part of chosen) {
		const known = choice(label, options, part);
		if (!known.ok) return known;
	}
	return ok(chosen.join(','));
}

function json(label: string, value: unknown): Value {
	try {
		const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		if (typeof parsed === 'object' && parsed !== null) return ok(JSON.stringify(parsed));
	} catch {
		// Reported below, like JSON that is not an object.
	}
	return wrong(`'${label}' is not a JSON object or array`, 'Enter JSON such as { "users": [] }.');
}

/** One name or several, as JSON: a name may contain any separator. */
function names(label: string, value: unknown): Value {
	const list = Array.isArray(value) ? value : [value];
	return list.every((name) => typeof name === 'string')
		? ok(JSON.stringify(list.filter((name) => name !== '')))
		: wrong(`'${label}' is not a list of names`, 'Use the output of Start Rotation.');
}

function wrong(message: string, description: string): Value {
	return fail({ message, description });
}
