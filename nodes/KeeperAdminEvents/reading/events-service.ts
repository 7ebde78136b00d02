import { Failed } from '../../shared/failure';
import type { HttpAnswer, HttpDoor } from '../../shared/http/http';
import { queryParameters, type EventQuery, type FetchPage, type FetchedPage } from './event-query';
import { answerFailure, connectionFailure } from './service-failure';

/** Where events are read, and what lets one read them. */
export interface EventsAccess {
	/** Without a trailing slash. */
	baseUrl: string;
	/** The bare API token. */
	token: string;
}

const PATH = '/api/rest/public/events';

/** The largest pages are a few MB; anything far larger is not a page. */
export const MAX_ANSWER_BYTES = 64_000_000;

/** The size of a page that the published example shows as usual; surely allowed. */
const SAFE_PAGE_SIZE = 100;

/**
 * Asks Keeper for pages of events.
 *
 * The largest page allowed is not documented: when a larger one than the usual is refused, this
 * and all later requests ask for the usual. Rejects with Failed; see FetchPage for the rest.
 */
export function eventsFetcher(door: HttpDoor, { baseUrl, token }: EventsAccess): FetchPage {
	let largest = Infinity;
	const ask = async (query: EventQuery): Promise<HttpAnswer> => {
		const parameters = queryParameters({ ...query, limit: Math.min(query.limit, largest) });
		const result = await door.request({
			method: 'GET',
			url: `${baseUrl}${PATH}?${encoded(parameters)}`,
			// Keeper wants the token in a header of its own; Authorization is not read.
			headers: { Accept: 'application/json', 'x-api-token': `Bearer ${token}` },
			repeatable: true,
		});
		if (result.kind === 'failure') throw new Failed(connectionFailure(result));
		return result;
	};
	return async (query) => {
		let answer = await ask(query);
		const mayBeTooLarge =
			query.token === undefined && Math.min(query.limit, largest) > SAFE_PAGE_SIZE;
		if (answer.status === 400 && mayBeTooLarge) {
			const usual = await ask({ ...query, limit: SAFE_PAGE_SIZE });
			if (usual.status === 200) largest = SAFE_PAGE_SIZE;
			answer = usual;
		}
		const refusesToken = answer.status === 400 || answer.status === 401;
		if (query.token !== undefined && refusesToken) return { tokenExpired: true };
		if (answer.status !== 200) throw new Failed(answerFailure(answer, token));
		return fetchedPage(answer);
	};
}

function encoded(parameters: Record<string, string>): string {
	return Object.entries(parameters)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
}

function fetchedPage({ body, headers }: HttpAnswer): FetchedPage {
	const date = Date.parse(headers.date ?? '');
	const serviceTime = Number.isNaN(date) ? undefined : date;
	return { body: decoded(body), serviceTime };
}

function decoded(body: Buffer): unknown {
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch {
		throw notJson();
	}
	return value;
}

function notJson(): Failed {
	return new Failed({
		message: 'Keeper answered with something that is not JSON',
		description:
			"It may be a sign-in page or a proxy's notice. Check 'Region' or 'Base URL' of the credential.",
		cause: 'configuration-invalid',
		status: 200,
	});
}
