import { fail, type Result } from '../shared/failure';
import { forbiddenDomain, type DomainRule } from './domain-rule';
import { checkPerson, type Person, type PersonFields, type Refusal } from './person';

/**
 * Checks a whole batch before the first call. A bad item is refused alone.
 *
 * @param domainRule undefined where the plan has none
 * @returns per item the person to send, or why not
 */
export function checkBatch(
	batch: Array<Result<PersonFields, Refusal>>,
	domainRule: DomainRule | undefined,
): Array<Result<Person, Refusal>> {
	const firstByEmail = new Map<string, number>();
	return batch.map((fields, itemIndex) => {
		if (!fields.ok) return fields;
		const person = checkPerson(fields.value);
		if (!person.ok) return person;
		const { email } = person.value;
		const domain = domainRule && forbiddenDomain(email, domainRule);
		if (domain) return fail(onForbiddenDomain(email, domain));
		const key = email.toLowerCase();
		const first = firstByEmail.get(key);
		if (first !== undefined) return fail(repeated(email, first));
		firstByEmail.set(key, itemIndex);
		return person;
	});
}

function onForbiddenDomain(email: string, domain: string): Refusal {
	return {
		code: 'forbidden_domain',
		message: `'Email' ${email} is on ${domain}, which students must not use`,
		description:
			"Keeper wants students on a secondary domain, apart from the university's own. Use such an address, or correct 'Domains Students Must Not Use' in the credential.",
	};
}

function repeated(email: string, first: number): Refusal {
	return {
		code: 'duplicate_email',
		message: `'Email' ${email} is already in this batch, at item ${first}`,
		description:
			'Every call creates a paid license, so an address is sent once. Remove the second row at its source.',
	};
}
