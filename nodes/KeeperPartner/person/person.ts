import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { faultyAddress, faultyText, type Fault } from './field-text';

/** Who gets a license, as the fields came in: not yet checked. */
export interface PersonFields {
	email: unknown;
	firstName: unknown;
	lastName: unknown;
	transactionId: unknown;
}

/** Who gets a license, checked and trimmed. These very strings are hashed and sent. */
export interface Person {
	email: string;
	firstName: string;
	/** Empty where none is known; then it is left out of the call. */
	lastName: string;
	transactionId: string;
}

/** Why a person cannot be sent to Keeper. */
export interface Refusal extends Failure {
	code: 'invalid_input' | 'forbidden_domain' | 'duplicate_email' | 'duplicate_transaction_id';
}

type Field = keyof Person;

export const FIELD_NAMES: Record<Field, string> = {
	email: 'Email',
	firstName: 'First Name',
	lastName: 'Last Name',
	transactionId: 'Transaction ID',
};

const REQUIRED: ReadonlySet<Field> = new Set<Field>(['email', 'firstName', 'transactionId']);

/**
 * Checks one person's fields, regardless of the others.
 *
 * @returns the person, trimmed, or the first thing that is wrong
 */
export function checkPerson(fields: PersonFields): Result<Person, Refusal> {
	const person = {} as Person;
	for (const field of Object.keys(FIELD_NAMES) as Field[]) {
		const text = asText(fields[field]);
		if (text === undefined)
			return refuse(field, ['is neither text nor a number', 'Map it to a single value.']);
		const fault = faulty(field, text);
		if (fault) return refuse(field, fault);
		person[field] = text;
	}
	return ok(person);
}

function asText(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return undefined;
}

function faulty(field: Field, text: string): Fault | undefined {
	if (text !== '') return faultyText(text) ?? (field === 'email' ? faultyAddress(text) : undefined);
	return REQUIRED.has(field)
		? ['is missing', 'Keeper requires it. Fill it in at its source, or map the right field.']
		: undefined;
}

function refuse(field: Field, [what, description]: Fault): Result<never, Refusal> {
	return fail({ code: 'invalid_input', message: `'${FIELD_NAMES[field]}' ${what}`, description });
}
