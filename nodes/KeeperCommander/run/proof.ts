import { sleep } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import type { HttpDoor } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';

/** A token, and where it is used. */
export interface TokenUse {
	baseUrl: string;
	token: string;
}

/** A new token becomes valid a few seconds after its creation, by Keeper's clock. */
const PAUSES_WHEN_NEW = [1000, 2000, 4000, 8000];
const MINUTE = 60_000;

/**
 * Tests a token by asking Keeper for one event of the last minute.
 *
 * @param isNew whether it was just created and may still be rejected for a moment
 * Source: https://docs.keeper.io/en/keeperpam/commander-cli/admin-rest-api
 */
export async function proveToken(
	door: HttpDoor,
	{ baseUrl, token }: TokenUse,
	isNew: boolean,
): Promise<Result<true>> {
	const now = Date.now();
	const query = new URLSearchParams({
		start_date: new Date(now - MINUTE).toISOString(),
		end_date: new Date(now).toISOString(),
		limit: '1',
	});
	let last = 0;
	for (const pause of [0, ...(isNew ? PAUSES_WHEN_NEW : [])]) {
		if (pause > 0) await sleep(pause);
		const answer = await door.request({
			method: 'GET',
			url: `${baseUrl}/api/rest/public/events?${query.toString()}`,
			headers: { 'x-api-token': `Bearer ${token}`, Accept: 'application/json' },
			repeatable: true,
			limits: { timeoutMs: MINUTE },
		});
		if (answer.kind === 'failure')
			return fail({
				message: 'The new token could not be tested: Keeper could not be reached',
				description: `Check 'Region'.${answer.code === undefined ? '' : ` (${answer.code})`}`,
			});
		if (answer.status === 200 && jsonObject(answer.body)) return ok(true);
		last = answer.status;
		if (last !== 401 && last !== 403) break;
	}
	return fail({
		message: `Keeper did not accept the new token (${last})`,
		description:
			"Check 'Region': a token is known only in the region of its tenant. The Keeper plan needs the reporting add-on (ARAM).",
		status: last,
	});
}
