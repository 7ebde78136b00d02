import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { fail, failureOf, ok, type Result } from '../../shared/failure';
import { keeperBaseUrl } from '../../shared/keeper/keeper-region';
import type { Partner } from '../call/license-request';
import { parseDomains, type DomainRule } from '../person/domain-rule';

/** What a credential says. */
export interface Account {
	partner: Partner;
	domainRule: DomainRule;
}

/**
 * Reads the credential for each item: its fields may be expressions, as when one workflow serves
 * several universities.
 *
 * @returns per item the account, or why nothing can be sent for it
 */
export async function readAccounts(context: IExecuteFunctions): Promise<Array<Result<Account>>> {
	const known = new Map<string, Result<Account>>();
	const accounts: Array<Result<Account>> = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const credential = await context.getCredentials('keeperPartnerApi', itemIndex);
			const signature = JSON.stringify(credential);
			const account = known.get(signature) ?? readAccount(context, credential);
			known.set(signature, account);
			accounts.push(account);
		} catch (error) {
			const advice = "Check the credential 'Keeper Partner API'. Nothing was sent.";
			accounts.push(fail(failureOf(error, advice)));
		}
	}
	return accounts;
}

function readAccount(
	context: IExecuteFunctions,
	credential: ICredentialDataDecryptedObject,
): Result<Account> {
	const address = keeperBaseUrl(String(credential.region), credential.baseUrl);
	if (!address.ok) return inCredential(address.failure);
	const name = pasted(context, credential.partnerName, 'Partner Name');
	const secret = pasted(context, credential.partnerSecret, 'Partner Secret');
	if (name === '') return inCredential("'Partner Name' of the credential is empty.");
	if (secret === '') return inCredential("'Partner Secret' of the credential is empty.");
	return ok({
		partner: { baseUrl: address.value, name, secret },
		domainRule: {
			domains: parseDomains(credential.forbiddenDomains),
			includeSubdomains: credential.forbidSubdomains === true,
		},
	});
}

function inCredential(message: string): Result<never> {
	return fail({
		message,
		description: "Open the credential 'Keeper Partner API' and correct it. Nothing was sent.",
	});
}

/** A credential's text without the white space that copying from a record leaves; says so. */
function pasted(context: IExecuteFunctions, given: unknown, displayName: string): string {
	const text = String(given ?? '');
	const value = text.trim();
	if (value !== text) {
		context.addExecutionHints?.({
			type: 'info',
			location: 'outputPane',
			message: `'${displayName}' of the credential has white space around it, as happens when it is pasted from a record. It was left out.`,
		});
	}
	return value;
}
