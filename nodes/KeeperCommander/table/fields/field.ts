import type { ListName } from '../lists';

/** What every field has. */
interface Described {
	/** What the user reads; messages name the field by it. */
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
		/** Keys are what Commander is sent. */
		| { type: 'choice'; options: Readonly<Record<string, Choice>>; default: string }
		| { type: 'choices'; options: Readonly<Record<string, Choice>>; default: readonly string[] }
		/** A record that exists, chosen from a list or named. */
		| { type: 'record'; list: ListName }
		/** Made from other fields; nobody sees it. */
		| { type: 'made'; of: readonly string[]; value: (given: Given) => Made }
	);

/** The values of other fields, and the zone of the workflow. */
export interface Given {
	values: Readonly<Record<string, string | undefined>>;
	timezone: string;
}

/** A value that was made, or what is wrong with those that it is made of. */
export type Made = { value: string | undefined } | { wrong: string };
