import type { IExecuteFunctions } from 'n8n-workflow';

import { ok, type Result } from '../../shared/failure';
import { checkBatch } from '../person/check-batch';
import type { Person, PersonFields, Refusal } from '../person/person';
import { personReader } from '../person/person-reader';
import { PLANS, type PlanOperation, type PlanRow } from '../plans';
import { readAccounts, type Account } from './account';
import { readSettings, type Settings } from './settings';

/** Items that were read and checked; nothing is sent yet. */
export interface Batch {
	row: PlanRow;
	settings: Settings;
	/** As the items gave them. */
	fields: Array<Result<PersonFields, Refusal>>;
	/** As they are sent, or why they are not. */
	people: Array<Result<Person, Refusal>>;
	/** By item. */
	accounts: Array<Result<Account>>;
}

/**
 * Reads and checks all items, before the first call.
 *
 * @throws what n8n throws where an expression of the settings cannot be evaluated
 */
export async function readBatch(context: IExecuteFunctions): Promise<Result<Batch>> {
	const row: PlanRow = PLANS[context.getNodeParameter('operation', 0) as PlanOperation];
	const settings = readSettings(context);
	if (!settings.ok) return settings;
	const accounts = await readAccounts(context);
	const items = context.getInputData();
	const readPerson = personReader(context, items, row.plan);
	const fields = items.map((_, itemIndex) => readPerson(itemIndex));
	const people = checkBatch(fields, (itemIndex) => {
		const account = accounts[itemIndex];
		return row.domainRule && account.ok ? account.value.domainRule : undefined;
	});
	return ok({ row, settings: settings.value, fields, people, accounts });
}
