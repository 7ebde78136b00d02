import { ALL_EVENTS } from '../service/event-names';

/**
 * What an endpoint is to be subscribed to: the chosen and the typed events, each once; `*` alone
 * where all are wanted, since the service refuses it beside others.
 *
 * @param chosen values of the list
 * @param typed names between commas, blanks or line breaks
 * @returns names in order, none where nothing was chosen
 */
export function subscriptionsOf(chosen: unknown, typed: unknown): string[] {
	const names = [
		...(Array.isArray(chosen) ? chosen.map(String) : []),
		...(typeof typed === 'string' ? typed.split(/[\s,;]+/) : []),
	].filter((name) => name !== '');
	return names.includes(ALL_EVENTS) ? [ALL_EVENTS] : [...new Set(names)].sort();
}
