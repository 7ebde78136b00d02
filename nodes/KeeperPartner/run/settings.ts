import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { fail, ok, type Result } from '../../shared/failure';
import type { Pace } from '../../shared/items';
import { DOCUMENTED_PARAMETERS, type LicenseParameters } from '../call/license-request';

/** What holds for all items of a run. */
export interface Settings {
	pace: Pace;
	timeoutMs: number;
	preview: boolean;
	continueAfterUnauthorized: boolean;
	/** How many licenses one execution may buy. */
	mostLicenses: number;
	/** Whether an identical item may be sent again from the editor. */
	againInEditor: boolean;
	additional: LicenseParameters;
}

/**
 * Reads the options of a run.
 *
 * @throws what n8n throws where an expression cannot be evaluated
 */
export function readSettings(context: IExecuteFunctions): Result<Settings> {
	const options: IDataObject = context.getNodeParameter('options', 0, {});
	const additional = readAdditional(options.additionalParameters);
	if (!additional.ok) return additional;
	return ok({
		pace: {
			concurrency: bounded(options.concurrency, 1, 100, 5),
			pauseMs: bounded(options.pauseMs, 0, 60_000, 0),
			cancelled: context.getExecutionCancelSignal?.(),
		},
		timeoutMs: bounded(options.timeoutSeconds, 1, 600, 60) * 1000,
		preview: options.preview === true,
		continueAfterUnauthorized: options.continueAfterUnauthorized === true,
		mostLicenses: bounded(options.mostLicenses, 0, Infinity, Infinity),
		againInEditor: options.againInEditor === true,
		additional: additional.value,
	});
}

function readAdditional(given: unknown): Result<LicenseParameters> {
	const { parameter = [] } = (given ?? {}) as {
		parameter?: Array<{ name?: unknown; value?: unknown }>;
	};
	const additional = new Map<string, string>();
	for (const { name: givenName, value } of parameter) {
		const name = String(givenName ?? '').trim();
		const text = String(value ?? '').trim();
		if (name === '') return wrong('one has no name');
		if (text === '') return wrong(`'${name}' has no value`);
		if (DOCUMENTED_PARAMETERS.has(name))
			return wrong(`'${name}' is set by the node itself, from the person and the credential`);
		if (additional.has(name)) return wrong(`'${name}' is there twice`);
		additional.set(name, text);
	}
	return ok(Object.fromEntries(additional));
}

function wrong(what: string): Result<never> {
	return fail({
		message: `'Additional Query Parameters': ${what}`,
		description: 'Correct it in the options of the node. Nothing was sent.',
	});
}
