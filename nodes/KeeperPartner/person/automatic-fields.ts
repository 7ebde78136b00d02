import type { PersonFields } from './person';

/** The field names that the user expects in the items; tried before all other spellings. */
export type PreferredNames = Partial<Record<keyof PersonFields, string>>;

/** Names by which a field is commonly known, in the form that `comparable` gives. */
const KNOWN_NAMES: Record<keyof PersonFields, string[]> = {
	email: ['email', 'emailaddress', 'mail', 'studentemail', 'useremail', 'primaryemail'],
	firstName: ['firstname', 'givenname', 'forename', 'studentfirstname', 'preferredname', 'first'],
	lastName: ['lastname', 'surname', 'familyname', 'studentlastname', 'last'],
	transactionId: ['transactionid', 'transaction', 'externalid', 'referenceid'],
};

const FIELDS = Object.keys(KNOWN_NAMES) as Array<keyof PersonFields>;

/** A name without case, spaces and signs: `First Name`, `first_name` and `firstName` are one. */
export function comparable(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * Finds a person's fields among an item's own fields by their names. Nothing is evaluated.
 *
 * Per field: the preferred name exactly, then in any spelling, then the known names in their order.
 */
export class FieldFinder {
	private readonly wanted: Record<keyof PersonFields, string[]>;
	private readonly preferred: PreferredNames;
	/** Which key holds which field, by the item's list of keys: rows of one table share theirs. */
	private readonly layouts = new Map<string, Partial<Record<keyof PersonFields, string>>>();

	constructor(preferred: PreferredNames) {
		this.preferred = preferred;
		this.wanted = { ...KNOWN_NAMES };
		for (const field of FIELDS) {
			const name = preferred[field];
			if (name) this.wanted[field] = [comparable(name), ...KNOWN_NAMES[field]];
		}
	}

	find(json: Record<string, unknown>): PersonFields {
		const layout = this.layout(Object.keys(json));
		const fields = {} as PersonFields;
		for (const field of FIELDS)
			fields[field] = layout[field] === undefined ? undefined : json[layout[field]];
		return fields;
	}

	private layout(keys: string[]): Partial<Record<keyof PersonFields, string>> {
		const signature = JSON.stringify(keys);
		const known = this.layouts.get(signature);
		if (known) return known;
		const byName = new Map<string, string>();
		for (const key of keys) {
			const name = comparable(key);
			if (!byName.has(name)) byName.set(name, key);
		}
		const layout: Partial<Record<keyof PersonFields, string>> = {};
		for (const field of FIELDS) {
			const exact = this.preferred[field];
			layout[field] =
				exact !== undefined && keys.includes(exact)
					? exact
					: byName.get(this.wanted[field].find((name) => byName.has(name)) ?? '');
		}
		if (this.layouts.size < 1000) this.layouts.set(signature, layout);
		return layout;
	}
}
