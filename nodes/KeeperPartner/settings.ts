import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../shared/bounded-number';
import { fail, ok, type Failure, type Result } from '../shared/failure';
import type { Pace } from '../shared/items';
import { keeperBaseUrl } from '../shared/keeper/keeper-region';
import { parseDomains, type DomainRule } from './domain-rule';
import type { Partner } from './license-request';

/** What holds for all items of a run. */
export interface Settings {
	partner: Partner;
	domainRule: DomainRule;
	pace: Pace;
	timeoutMs: number;
	preview: boolean;
	continueAfterUnauthorized: boolean;
}

/**
 * Reads the options and the credential of a run.
 *
 * @returns the settings, or why nothing can be sent
 * @throws what n8n throws where the credential is not there or an expression cannot be evaluated
 */
export async function readSettings(context: IExecuteFunctions): Promise<Result<Settings>> {
	// n8n would run the whole batch again, also for people who have their license already.
	if (context.getNode().retryOnFail === true) return fail(RETRY_ON_FAIL);
	const options = context.getNodeParameter('options', 0, {});
	const credential = await context.getCredentials('keeperPartnerApi');
	const partner = readPartner(context, credential);
	if (!partner.ok) return partner;
	return ok({
		partner: partner.value,
		domainRule: {
			domains: parseDomains(credential.forbiddenDomains),
			includeSubdomains: credential.forbidSubdomains === true,
		},
		pace: {
			concurrency: bounded(options.concurrency, 1, 100, 5),
			pauseMs: bounded(options.pauseMs, 0, 60_000, 0),
		},
		timeoutMs: bounded(options.timeoutSeconds, 1, 600, 60) * 1000,
		preview: options.preview === true,
		continueAfterUnauthorized: options.continueAfterUnauthorized === true,
	});
}

const RETRY_ON_FAIL: Failure = {
	message: "'Retry On Fail' must be off for this node",
	description:
		"It would run the whole batch again, and people who have their license already could get a second one. Nothing was sent. Turn it off in the node's settings: the node itself retries what surely did not reach Keeper.",
};

function readPartner(
	context: IExecuteFunctions,
	credential: ICredentialDataDecryptedObject,
): Result<Partner> {
	const address = keeperBaseUrl(String(credential.region), credential.baseUrl);
	if (!address.ok) return inCredential(address.failure);
	const name = pasted(context, credential.partnerName, 'Partner Name');
	const secret = pasted(context, credential.partnerSecret, 'Partner Secret');
	if (name === '') return inCredential("'Partner Name' of the credential is empty");
	if (secret === '') return inCredential("'Partner Secret' of the credential is empty");
	return ok({ baseUrl: address.value, name, secret });
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
