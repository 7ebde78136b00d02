import type { Fault } from '../../service/fault';
import { EVENT_NAMES } from '../../service/event-names';
import type { KeygenService } from '../../service/service';
import { createEndpoint, type WantedEndpoint } from './endpoint';

/** Refused as a URL, so that nothing is made while the service says what else it refuses. */
const REFUSED_URL = 'http://localhost/';

/**
 * The events that made the service refuse an endpoint. It says only that there are some; so those
 * that are not in the list of known ones are tried alone, and all of them by halves if it was none
 * of these. What is tried has a URL that is refused in any case.
 *
 * @returns names; none where the service refused for another reason
 */
export async function unknownEvents(
	service: KeygenService,
	wanted: WantedEndpoint,
	fault: Fault,
): Promise<string[]> {
	if (!refusesEvents(fault)) return [];
	const refused = async (subscriptions: string[]) => {
		const reply = await service.send(
			createEndpoint({ ...wanted, url: REFUSED_URL, subscriptions }),
		);
		return !reply.ok && refusesEvents(reply.failure);
	};
	const search = async (names: string[]): Promise<string[]> => {
		if (names.length === 0 || !(await refused(names))) return [];
		if (names.length === 1) return names;
		const middle = Math.ceil(names.length / 2);
		return [...(await search(names.slice(0, middle))), ...(await search(names.slice(middle)))];
	};
	const known = new Set(EVENT_NAMES);
	const strangers = wanted.subscriptions.filter((name) => !known.has(name));
	const found = [
		...(await search(strangers)),
		...(await search(wanted.subscriptions.filter((name) => known.has(name)))),
	];
	// Should the service tell of one problem at a time, the strangers are all there is to go by.
	return found.length > 0 ? found : strangers;
}

function refusesEvents(fault: Fault): boolean {
	return (
		fault.kind === 'refused' &&
		fault.errors.some(
			({ code, source }) =>
				code === 'SUBSCRIPTIONS_NOT_ALLOWED' ||
				source?.pointer === '/data/attributes/subscriptions',
		)
	);
}
