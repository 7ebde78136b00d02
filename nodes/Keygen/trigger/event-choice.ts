import type { INodePropertyOptions } from 'n8n-workflow';

import { EVENT_NAMES } from '../service/event-names';

export const ALL_EVENTS = '*';

const words = (name: string) =>
	name.replace(/[.-]/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

/** The choices of the list: all events, then each by the record that it is about. */
export const eventOptions: INodePropertyOptions[] = [
	{ name: 'All Events', value: ALL_EVENTS },
	...EVENT_NAMES.map((value) => {
		const [record, ...rest] = value.split('.');
		return { name: `${words(record)}: ${words(rest.join('.'))}`, value };
	}),
];

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
