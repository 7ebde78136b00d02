import { hash } from 'node:crypto';

/** Where the transaction ID of an item comes from. */
export type TransactionIdSource = 'value' | 'field' | 'emailAndPlan';

/**
 * A transaction ID that is the same whenever the same person is sent for the same plan, whatever the
 * case of the address: `student-` and 20 hexadecimal digits.
 */
export function transactionIdOf(email: unknown, plan: string): string {
	const address = typeof email === 'string' ? email.trim().toLowerCase() : '';
	if (address === '') return '';
	return `${plan}-${hash('sha256', `${plan}\n${address}`, 'hex').slice(0, 20)}`;
}
