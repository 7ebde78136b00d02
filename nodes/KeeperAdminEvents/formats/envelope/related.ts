import type { Envelope } from './envelope';

/** All that people search for, each once. */
export interface Related {
	/** User names, and Keeper's numbers for users. */
	users: string[];
	addresses: string[];
	/** Identifiers of records, folders, teams and so on. */
	uids: string[];
}

export function relatedOf({ people, addresses, things }: Envelope): Related {
	const users = people.all.flatMap(({ name, id }) => (id === undefined ? name : [name, id]));
	return {
		users: [...new Set(users)],
		addresses,
		uids: things.length < 2 ? things.map(uidOf) : [...new Set(things.map(uidOf))],
	};
}

const uidOf = ({ uid }: { uid: string }) => uid;
