import { fail, ok, type Failure, type Result } from '../shared/failure';

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
	code: 'invalid_input' | 'forbidden_domain' | 'duplicate_email';
}

const MAX_LENGTH = 320;

type Field = keyof Person;

const FIELD_NAMES: Record<Field, string> = {
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
			return fail(refusal(field, 'is neither text nor a number', 'Map it to a single value.'));
		const wrong = wrongText(field, text);
		if (wrong) return fail(refusal(field, ...wrong));
		person[field] = text;
	}
	return isEmail(person.email)
		? ok(person)
		: fail(
				refusal(
					'email',
					`is not an email address: '${person.email}'`,
					'Correct it at its source, for example to jane@students.university.edu.',
				),
			);
}

function asText(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	return undefined;
}

function wrongText(field: Field, text: string): [string, string] | undefined {
	if (text === '') {
		return REQUIRED.has(field)
			? ['is missing', 'Keeper requires it. Fill it in at its source, or map the right field.']
			: undefined;
	}
	if (text.length > MAX_LENGTH)
		return [`is longer than ${MAX_LENGTH} characters`, 'Shorten it at its source.'];
	if (/\p{Surrogate}/u.test(text))
		return [
			'holds half of a character',
			'The text was cut or wrongly decoded. Correct it at its source.',
		];
	if (/[\p{Cc}\u2028\u2029]/u.test(text))
		return ['holds a line break or another control character', 'Remove it at its source.'];
	return undefined;
}

function refusal(field: Field, what: string, description: string): Refusal {
	return { code: 'invalid_input', message: `'${FIELD_NAMES[field]}' ${what}`, description };
}

/** Whether a text has the form of an address that a person can receive mail at. */
function isEmail(text: string): boolean {
	const at = text.lastIndexOf('@');
	const local = text.slice(0, at);
	const domain = text.slice(at + 1);
	return (
		at > 0 &&
		local.length <= 64 &&
		!/[\s@,;<>()[\]\\":]/.test(local) &&
		!local.startsWith('.') &&
		!local.endsWith('.') &&
		!local.includes('..') &&
		domain.length <= 253 &&
		/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}]\.?$/u.test(
			domain,
		)
	);
}
