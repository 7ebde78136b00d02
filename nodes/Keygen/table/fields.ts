import { capital } from '../../shared/words';
import type { RecordName } from './records';
import type { Field, Linkage } from './field';

type More = Partial<Omit<Field, 'label' | 'type'>>;
/** A field whose place on the wire is not known yet. */
export type Unplaced = Omit<Field, 'at'> & { at?: string };

export const text = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'string',
	...more,
});
export const number = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'number',
	min: 0,
	...more,
});
export const flag = (label: string, description: string, more: More = {}): Unplaced => ({
	label,
	type: 'boolean',
	description: `Whether ${description}`,
	...more,
});
export const dateTime = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'dateTime',
	...more,
});
export const day = (label: string, more: More = {}): Unplaced => ({ label, type: 'date', ...more });
export const duration = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'duration',
	placeholder: 'e.g. P30D',
	...more,
});
export const list = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'list',
	...more,
});
export const json = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'json',
	...more,
});
export const pairs = (label: string, more: More = {}): Unplaced => ({
	label,
	type: 'pairs',
	...more,
});
export const record = (label: string, of: RecordName, more: More = {}): Unplaced => ({
	label,
	type: 'record',
	record: of,
	...more,
});
/** Several records; the ending of the label is n8n's rule for choices that are loaded. */
export const records = (label: string, of: RecordName, more: More = {}): Unplaced => ({
	label: `${label} Names or IDs`,
	type: 'records',
	record: of,
	...more,
});

/** A limit that null lifts. */
export const limit = (label: string, more: More = {}): Unplaced =>
	number(label, { min: 1, default: 1, nullable: 'No Limit', ...more });

const GIGABYTES = 1024 ** 3;
/** Of memory or disk. */
export const byteLimit = (label: string, more: More = {}): Unplaced =>
	limit(label, {
		default: 8 * GIGABYTES,
		description: 'In bytes; 8 GiB are 8589934592',
		...more,
	});

/** One of a few values; given as names by value, or as values that are turned into names. */
export function choice(
	label: string,
	values: readonly string[] | Record<string, string>,
	more: More = {},
): Unplaced {
	return { label, type: 'options', options: named(values), ...more };
}

export function choices(
	label: string,
	values: readonly string[] | Record<string, string>,
	more: More = {},
): Unplaced {
	return { label, type: 'multiOptions', options: named(values), ...more };
}

function named(values: readonly string[] | Record<string, string>): Record<string, string> {
	if (!Array.isArray(values)) return values as Record<string, string>;
	return Object.fromEntries(values.map((value: string) => [value, titleOf(value)]));
}

const ABBREVIATIONS = new Set([
	'id',
	'ed25519',
	'rsa',
	'ecdsa',
	'p256',
	'pkcs1',
	'pss',
	'jwt',
	'rs256',
	'oci',
	'sha256',
]);

/** `UNIQUE_PER_ACCOUNT` gives 'Unique per Account'. */
function titleOf(value: string): string {
	return value
		.split(/[_\-.]/)
		.map((word) => word.toLowerCase())
		.map((word, index) => {
			if (ABBREVIATIONS.has(word)) return word.toUpperCase();
			if (index > 0 && ['per', 'from', 'if', 'to', 'or'].includes(word)) return word;
			return capital(word);
		})
		.join(' ');
}

type Placed<F> = { [Name in keyof F]: Field };

function placed<F extends Record<string, Unplaced>>(fields: F, place: string): Placed<F> {
	const entries = Object.entries(fields).map(([name, field]) => [
		name,
		{ at: `${place}.${name}`, ...field },
	]);
	return Object.fromEntries(entries) as Placed<F>;
}

/** Fields of `data.attributes`, by their API names. */
export const attributes = <F extends Record<string, Unplaced>>(fields: F) =>
	placed(fields, 'attributes');
/** Fields of `data.relationships`, by their API names. */
export const relationships = <F extends Record<string, Unplaced>>(fields: F) =>
	placed(fields, 'relationships');
/** Fields of `meta`, by their API names. */
export const meta = <F extends Record<string, Unplaced>>(fields: F) => placed(fields, 'meta');
/** Query parameters. */
export const query = <F extends Record<string, Unplaced>>(fields: F) => placed(fields, 'query');
/** Fields that are the body's `data` themselves. */
export function linkages<F extends Record<string, Unplaced>>(fields: F) {
	const entries = Object.entries(fields).map(([name, field]) => [name, { ...field, at: 'data' }]);
	return Object.fromEntries(entries) as { [Name in keyof F]: Linkage };
}
/** Fields that a compound operation uses itself. */
export function inputs<F extends Record<string, Unplaced>>(fields: F): Placed<F> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [name, { at: 'input', ...field }]),
	) as Placed<F>;
}

/** Shown for fields that only the Enterprise Edition and Keygen Cloud know. */
export const EE_ONLY = 'Keygen Cloud and EE only';

export const metadata = pairs('Metadata', {
	description:
		"Your own data about it. Names in camelCase of English letters and digits come back as they are; of others, such as 'order_id' or 'order/id', Keygen makes 'orderId'.",
});
export const permissions = list('Permissions', {
	ee: true,
	nullable: 'No Permission',
	placeholder: 'e.g. license.read, license.validate',
	description: 'What it may do; all defaults when not given',
	descriptionOnUpdate: 'What it may do from now on, in place of what it might before',
});
export const environment = record('Environment', 'environment', {
	ee: true,
	nullable: 'Global Environment',
	description: "Where it belongs, if not to the credential's environment",
});
/** For records whose creator may choose the ID. */
export const ownId = text('ID', {
	at: 'data.id',
	placeholder: 'e.g. 0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31',
	description:
		'A UUID of your choice. Made by the node when not given, so that a repeated request creates nothing twice.',
});
