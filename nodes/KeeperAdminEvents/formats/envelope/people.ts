import type { AuditEvent } from '../../event/audit-event';
import { eachValue } from './nested';
import { textOf } from './text';

export interface Person {
	name: string;
	email?: string;
	domain?: string;
	/** Keeper's number for the user. */
	id?: string;
}

/** The persons that an event names. */
export interface People {
	/** Who acted. */
	actor?: Person;
	/** Whom it happened to. */
	target?: Person;
	/** Who got what was taken from the target. */
	receiver?: Person;
	/** Whose it was before. */
	formerOwner?: Person;
	/** Everybody, each once. */
	all: Person[];
}

/** Events that name the person concerned in `value`. */
const PERSON_IN_VALUE = new Set(['pending_added_to_role', 'pending_removed_from_role']);
const READ_ABOVE = new Set(['username', 'to_username', 'from_username', 'email']);
/** Fields that name a user, who need not have an email address there. */
const USER_NAME = /(?:^|_)user_?names?$/;
const EMAIL = /^[^\s@<>,;"']+@[^\s@<>,;"']+$/;

/**
 * Reads who an event names.
 *
 * `username` acts, and `to_username` is whom it happens to. `email` names the person concerned
 * before `to_username` does: of `vault_transferred` it is the one whose vault was taken,
 * `from_username` then the number of that user, and `to_username` the receiver (seen in events of
 * real tenants, and in how Keeper Commander reads them).
 */
export function readPeople(event: AuditEvent, code: string): People {
	const { username, email, to_username: to, from_username: from, value } = event;
	const actor = personOf(username);
	const concerned = personOf(email);
	const other = personOf(to);
	const inValue = PERSON_IN_VALUE.has(code) ? personOf(value) : undefined;
	const fromId = typeof from === 'number' ? textOf(from) : undefined;
	const formerOwner = personOf(from);
	const found = inValue ?? concerned ?? (fromId === undefined ? other : undefined);
	const target = fromId === undefined ? found : { ...(found ?? { name: fromId }), id: fromId };
	const receiver = target && other?.name !== found?.name ? other : undefined;
	const all: Person[] = [];
	const named = [actor, target, receiver, formerOwner, concerned, other];
	for (const person of named) if (person) add(all, person);
	for (const key of Object.keys(event)) {
		const value = event[key];
		if (typeof value === 'string') {
			if (!READ_ABOVE.has(key)) addNamed(all, key, value);
		} else if (typeof value === 'object') {
			eachValue(key, value, (name, inner) => addNamed(all, name, inner));
		}
	}
	return { actor, target, receiver, formerOwner, all };
}

/** Adds a person, or to one who is there already the number that was not known. */
function add(people: Person[], person: Person): void {
	const at = people.findIndex(({ name }) => name === person.name);
	if (at < 0) people.push(person);
	else if (people[at]?.id === undefined && person.id !== undefined) people[at] = person;
}

function personOf(value: unknown): Person | undefined {
	const name = typeof value === 'string' ? textOf(value) : undefined;
	if (name === undefined) return undefined;
	const at = name.lastIndexOf('@');
	if (at <= 0 || at === name.length - 1) return { name };
	return { name, email: name, domain: name.slice(at + 1) };
}

/** Adds who a field names: the user of a field for one, or the email addresses in any other. */
function addNamed(people: Person[], field: string, value: string | number): void {
	if (typeof value === 'string' && value.includes('@')) {
		for (const entry of value.split(/[\s,;<>]+/)) {
			const person = EMAIL.test(entry) ? personOf(entry) : undefined;
			if (person) add(people, person);
		}
	} else if (USER_NAME.test(field)) {
		const person = personOf(textOf(value));
		if (person) add(people, person);
	}
}
