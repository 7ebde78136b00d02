import type { ListName } from '../lists';

/** Common to all fields. */
interface Described {
	/** The display name, also used in messages. */
	label: string;
	/** One sentence. */
	description: string;
	placeholder?: string;
	/** Only while another field has this value. */
	when?: Readonly<Record<string, string>>;
}

export interface Choice {
	name: string;
	/** One sentence. */
	description: string;
}

/** One input of an operation. */
export type Field = Described &
	(
		| { type: 'text' | 'email' | 'moment' | 'secret' | 'json' | 'names' }
		| { type: 'flag' }
		| { type: 'count'; default: number }
		/** Keys are sent to Commander. */
		| { type: 'choice'; options: Readonly<Record<string, Choice>>; default: string }
		| { type: 'choices'; options: Readonly<Record<string, Choice>>; default: readonly string[] }
		/** An existing record, selected from a list or by name. */
		| { type: 'record'; list: ListName }
		/** Derived from other fields; not shown. */
		| { type: 'made'; of: readonly string[]; value: (given: Given) => Made }
	);

/** The values of other fields, and the zone of the workflow. */
export interface Given {
	values: Readonly<Record<string, string | undefined>>;
	timezone: string;
}

/** A derived value, or what is wrong with the fields that it is derived from. */
export type Made = { value: string | undefined } | { wrong: string };
