import type { IDataObject } from 'n8n-workflow';

import type { ItemResult } from '../../shared/delivery';
import type { Result } from '../../shared/failure';
import { licenseEndpoint, licenseParameters } from '../call/license-request';
import { failed, type FailedOutcome } from '../call/outcome';
import type { PersonFields, Refusal } from '../person/person';
import type { Batch } from './batch';
import type { Fate } from './sending';

/** What goes out for an item: first what became of it and of whom, and no field without a value. */
export function itemResult(batch: Batch, itemIndex: number, fate: Fate | undefined): ItemResult {
	const outcome = fate?.outcome ?? notSendable(batch, itemIndex);
	const person = batch.people[itemIndex];
	const { email, ...fields } = person.ok ? person.value : asGiven(batch.fields[itemIndex]);
	const json = withoutEmpty({
		outcome: outcome.outcome,
		email,
		...fields,
		plan: batch.row.plan,
		...(fate?.repeats === undefined ? {} : { repeated: true, transactionId: fate.repeats }),
	});
	if (outcome.outcome === 'preview') {
		const request = requestOf(batch, itemIndex);
		return {
			json: { ...json, ...withoutEmpty({ note: outcome.note, request }) },
			mayHaveChanged: false,
		};
	}
	if (outcome.outcome === 'provisioned') {
		const { orderNumber, vaultUrl, vaultUrlRaw } = outcome;
		// The raw form says something only where no link could be made of it.
		const link = vaultUrl === null ? { vaultUrlRaw } : { vaultUrl };
		return { json: { ...json, ...withoutEmpty({ orderNumber, ...link }) }, mayHaveChanged: true };
	}
	const { message, description, ...facts } = outcome;
	return {
		json: { ...errorFirst(json), ...facts },
		failure: { message, description },
		mayHaveChanged: outcome.outcome === 'unknown' || batch.settings.preview,
	};
}

/** Keeps a place for the error beside the email. */
function errorFirst({ outcome, email, ...rest }: IDataObject): IDataObject {
	return { outcome, email, error: undefined, ...rest };
}

function notSendable({ people, accounts }: Batch, itemIndex: number): FailedOutcome {
	const account = accounts[itemIndex];
	if (!account.ok)
		return failed('invalid_settings', account.failure.message, account.failure.description);
	const person = people[itemIndex];
	if (person.ok) throw new Error('A person who can be sent has no outcome.');
	const { code, message, description } = person.failure;
	// The first of two may have a license by now.
	const safeToRetry = code !== 'duplicate_email' && code !== 'duplicate_transaction_id';
	return { ...failed(code, message, description), safeToRetry };
}

/** The fields of a refused item, as far as they can be shown. */
function asGiven(fields: Result<PersonFields, Refusal>): PersonFields | { email: undefined } {
	return fields.ok ? fields.value : { email: undefined };
}

function requestOf({ row, people, accounts, settings }: Batch, itemIndex: number) {
	const person = people[itemIndex];
	const account = accounts[itemIndex];
	if (!person.ok || !account.ok) return undefined;
	const { partner } = account.value;
	return {
		method: 'GET',
		url: licenseEndpoint(row, partner.baseUrl),
		parameters: {
			...licenseParameters(row, person.value, partner, settings.additional),
			hash: '[redacted]',
		},
	};
}

function withoutEmpty(json: Record<string, unknown>): IDataObject {
	const entries = Object.entries(json).filter(
		([, value]) => value !== undefined && value !== null && value !== '',
	);
	return Object.fromEntries(entries) as IDataObject;
}
