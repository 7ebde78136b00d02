import { hash } from 'node:crypto';

import { mailboxOf } from './mailbox';

/** Where the transaction ID of an item comes from. */
export type TransactionIdSource = 'value' | 'field' | 'emailAndPlan';

/**
 * A transaction ID that is the same whenever the same person is sent for the same plan, however
 * the address is spelled: `student-` and 20 hexadecimal digits.
 */
export function transactionIdOf(email: unknown, plan: string): string {
	const address = typeof email === 'string' ? email.trim() : '';
	if (address === '') return '';
	return `${plan}-${hash('sha256', `${plan}\n${mailboxOf(address)}`, 'hex').slice(0, 20)}`;
}
