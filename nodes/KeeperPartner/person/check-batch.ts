import { fail, type Result } from '../../shared/failure';
import { forbiddenDomain, type DomainRule } from './domain-rule';
import { mailboxOf } from './mailbox';
import { checkPerson, type Person, type PersonFields, type Refusal } from './person';

/**
 * Checks a whole batch before the first call. A bad item is refused alone.
 *
 * @param domainRule per item; undefined where the plan has none
 * @returns per item the person to send, or why not
 */
export function checkBatch(
	batch: Array<Result<PersonFields, Refusal>>,
	domainRule: (itemIndex: number) => DomainRule | undefined,
): Array<Result<Person, Refusal>> {
	const mailboxes = new Map<string, number>();
	const transactions = new Map<string, number>();
	return batch.map((fields, itemIndex) => {
		if (!fields.ok) return fields;
		const person = checkPerson(fields.value);
		if (!person.ok) return person;
		const { email, transactionId } = person.value;
		const rule = domainRule(itemIndex);
		const domain = rule && forbiddenDomain(email, rule);
		if (domain) return fail(onForbiddenDomain(email, domain));
		const mailbox = mailboxOf(email);
		const sameMailbox = mailboxes.get(mailbox);
		if (sameMailbox !== undefined) return fail(repeated(email, sameMailbox));
		const sameId = transactions.get(transactionId);
		if (sameId !== undefined) return fail(repeatedId(transactionId, sameId));
		mailboxes.set(mailbox, itemIndex);
		transactions.set(transactionId, itemIndex);
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
			'Every call creates a paid license, so an address is sent once, whatever its spelling. Remove the second row at its source.',
	};
}

function repeatedId(transactionId: string, first: number): Refusal {
	return {
		code: 'duplicate_transaction_id',
		message: `'Transaction ID' ${transactionId} is already in this batch, at item ${first}, for another address`,
		description:
			'Either one person has two addresses, and would get two licenses, or two people share an ID. Correct the list at its source.',
	};
}
