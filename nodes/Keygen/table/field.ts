import type { RecordName } from './records';

/** How a field is entered, checked and put on the wire. */
export type FieldType =
	| 'string'
	| 'number'
	| 'boolean'
	| 'dateTime'
	/** A day without a time. */
	| 'date'
	/** An ISO 8601 duration or a number of seconds. */
	| 'duration'
	| 'options'
	| 'multiOptions'
	/** Several texts, entered with commas between them or as an array. */
	| 'list'
	/** Anything, entered as JSON. */
	| 'json'
	/** An object, entered as names with values, as JSON, or as both. */
	| 'pairs'
	/** Another record, by ID or by an alias. */
	| 'record'
	/** Several other records. */
	| 'records'
	/** Several new resources that travel inside the request. */
	| 'embedded';

/** One input of an operation. */
export interface Field {
	/** What the user reads; messages name the field by it. */
	label: string;
	type: FieldType;
	/**
	 * Where its value belongs: `attributes.name`, `relationships.policy`, `meta.scope.version`,
	 * `query.ttl`, `data` (the linkage itself) or `data.id`. Filled in by the builders of `fields.ts`.
	 */
	at: string;
	description?: string;
	/** The same where a record is changed, and what is not given stays as it is. */
	descriptionOnUpdate?: string;
	placeholder?: string;
	/** Value shown when the field is added. */
	default?: unknown;
	/** For `options` and `multiOptions`: what the user reads, by API value. */
	options?: Readonly<Record<string, string>>;
	/** For `multiOptions` without `options`: the method that loads them. */
	loadOptions?: string;
	/** For `record` and `records`. */
	record?: RecordName;
	/** For `record`: the service compares an alias as it is, which a look-up would change. */
	aliasAsGiven?: true;
	/** For `record`: where an alias belongs, if not where an ID does. Nothing is looked up then. */
	aliasAt?: string;
	/** For `records` and `embedded`: the JSON:API type of what wraps each of them. */
	wrap?: string;
	/** For `embedded`: the attributes of each. */
	parts?: Readonly<Record<string, Field>>;
	/** What sending null means, or true where it just empties the field; a list is sent empty. */
	nullable?: string | true;
	/** The same where a record is created, if null means something else then. */
	nullableOnCreate?: string;
	min?: number;
	/** Why 0 is refused, and what to do instead, where more than the minimum is behind it. */
	zero?: string;
	max?: number;
	/** Never shown again: not in messages, not in output that the node makes. */
	secret?: true;
	/** For `multiOptions` in a query: each name that is chosen is sent blank, for records without it. */
	blanks?: true;
	/** Untrusted input: passed on unchecked, even when empty, so that the operation can judge it. */
	untrusted?: true;
	/** Shown, and read, only while another field of the panel has this value. */
	when?: { field: string; is: string };
	/** Other fields are shown by its value, which therefore is no expression. */
	decides?: true;
	/** Only servers of the Enterprise Edition, and Keygen Cloud, know the field. */
	ee?: true;
	multiline?: true;
}

/** A field that is the body's `data` itself. */
export interface Linkage extends Field {
	at: 'data';
}
