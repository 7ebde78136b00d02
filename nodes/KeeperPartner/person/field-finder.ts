import { fail, ok, type Result } from '../../shared/failure';
import { comparable, KNOWN_NAMES } from './known-names';
import { FIELD_NAMES, type PersonFields, type Refusal } from './person';

/** The fields that are found by name. */
export type NamedField = 'email' | 'firstName' | 'lastName';

/** The field names that the user gave. A name that was given is the only one that counts. */
export type GivenNames = Partial<Record<NamedField, string>>;

export type NamedValues = Pick<PersonFields, NamedField>;

const NAMED_FIELDS = ['email', 'firstName', 'lastName'] as const satisfies readonly NamedField[];

/** Which key of an item holds which field, or why that is not clear. */
type Layout = Result<Partial<Record<NamedField, string>>, Refusal>;

/**
 * Finds a person's fields among an item's own fields by their names. Nothing is evaluated.
 *
 * Per field: the name that the user gave, exactly or in another spelling, and no other; without one,
 * the one field that bears a commonly known name. Two that fit are refused: the other could be the
 * address of a parent.
 */
export class FieldFinder {
	private readonly given: GivenNames;
	/** By the item's list of keys: rows of one table share theirs. */
	private readonly layouts = new Map<string, Layout>();

	constructor(given: GivenNames) {
		this.given = given;
	}

	find(json: Record<string, unknown>): Result<NamedValues, Refusal> {
		const layout = this.layout(Object.keys(json));
		if (!layout.ok) return layout;
		const value = (field: NamedField) => {
			const key = layout.value[field];
			return key === undefined ? undefined : json[key];
		};
		return ok({
			email: value('email'),
			firstName: value('firstName'),
			lastName: value('lastName'),
		});
	}

	private layout(keys: string[]): Layout {
		const signature = JSON.stringify(keys);
		const known = this.layouts.get(signature);
		if (known) return known;
		const layout = this.read(keys);
		if (this.layouts.size < 1000) this.layouts.set(signature, layout);
		return layout;
	}

	private read(keys: string[]): Layout {
		const layout: Partial<Record<NamedField, string>> = {};
		for (const field of NAMED_FIELDS) {
			const given = this.given[field]?.trim();
			const fitting = given ? withName(keys, given) : withKnownName(keys, field);
			if (given && fitting.length === 0) return fail(notThere(field, given, keys));
			if (fitting.length > 1) return fail(notClear(field, fitting));
			layout[field] = fitting[0];
		}
		return ok(layout);
	}
}

/** The key of that very name, else those that are another spelling of it. */
export function withName(keys: string[], name: string): string[] {
	if (keys.includes(name)) return [name];
	const wanted = comparable(name);
	return keys.filter((key) => comparable(key) === wanted);
}

function withKnownName(keys: string[], field: NamedField): string[] {
	return keys.filter((key) => KNOWN_NAMES[field].includes(comparable(key)));
}

/** Says which field is missing, and which fields there are. */
export function notThere(field: keyof PersonFields, name: string, keys: string[]): Refusal {
	const parameter = `${FIELD_NAMES[field]} Field`;
	return {
		code: 'invalid_input',
		message: `'${parameter}' is '${name}', and this item has no such field`,
		description: `${thereAre(keys)} Correct '${parameter}', or the item at its source. No other field is taken instead.`,
	};
}

/** Says which fields could be meant. */
export function notClear(field: keyof PersonFields, fitting: string[]): Refusal {
	const parameter = FIELD_NAMES[field];
	return {
		code: 'invalid_input',
		message: `'${parameter}' could be any of these fields: ${quoted(fitting)}`,
		description: `Name the right one in '${parameter} Field'. Nothing is sent for this person until it is clear which field counts.`,
	};
}

function thereAre(keys: string[]): string {
	if (keys.length === 0) return 'It has no fields at all.';
	const more = keys.length > 30 ? ` and ${keys.length - 30} more` : '';
	return `Its fields are ${quoted(keys.slice(0, 30))}${more}.`;
}

const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(', ');
