import type { INodeExecutionData, INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import type { Failure } from '../../shared/failure';
import { ALL_EVENTS, RECORDS_OF_EVENTS } from '../service/event-names';

/** Choices of 'Outputs'. */
export const ONE_PER_EVENT = 'event';
export const ONE_PER_RECORD = 'record';

/**
 * The names of the outputs. n8n evaluates this function as an expression, so it uses nothing from
 * outside.
 *
 * @param records that events are about, for all events
 * @returns none where there is one output for everything
 */
const outputNames = (
	{ outputs, events, otherEvents }: INodeParameters,
	records: readonly string[],
): string[] => {
	const typed = typeof otherEvents === 'string' ? otherEvents.split(/[\s,;]+/) : [];
	const chosen = [...(Array.isArray(events) ? events : []), ...typed]
		.map(String)
		.filter((name) => name !== '');
	const isAll = chosen.includes('*');
	if (outputs === 'event') return isAll ? [] : [...new Set(chosen)];
	if (outputs !== 'record') return [];
	return isAll ? [...records, 'other'] : [...new Set(chosen.map((name) => name.split('.')[0]))];
};

/** The outputs in the editor. */
export const outputs: INodeTypeDescription['outputs'] = `={{ ((parameters) => {
	const names = (${outputNames.toString()})(parameters, ${JSON.stringify(RECORDS_OF_EVENTS)});
	const named = names.map((displayName) => ({ type: 'main', displayName }) );
	return named.length > 0 ? named : ['main'];
})($parameter) }}`;

/** Why the chosen events cannot have the chosen outputs. */
export function outputsProblem(
	parameters: INodeParameters,
	subscriptions: readonly string[],
): Failure | undefined {
	if (parameters.outputs !== ONE_PER_EVENT || !subscriptions.includes(ALL_EVENTS)) return undefined;
	return {
		message: "'Outputs' is 'One per Event', but 'Trigger On' is 'All Events'",
		description:
			"Choose the events that should have an output, or 'One per Kind of Record' as 'Outputs'.",
	};
}

/** Items by output. An event that was not chosen has none, unless there is one for others. */
export function byOutput(
	items: INodeExecutionData[],
	parameters: INodeParameters,
): INodeExecutionData[][] {
	const names = outputNames(parameters, RECORDS_OF_EVENTS);
	if (names.length === 0) return [items];
	const nameOf = ({ json }: INodeExecutionData) => {
		const event = String(json.event);
		const name = parameters.outputs === ONE_PER_EVENT ? event : event.split('.')[0];
		return names.includes(name) ? name : 'other';
	};
	return names.map((name) => items.filter((item) => nameOf(item) === name));
}
