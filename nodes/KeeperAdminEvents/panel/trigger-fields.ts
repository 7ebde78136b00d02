import type { INodeProperties } from 'n8n-workflow';

import { fileFields, filtersField, outputFormatField, pageSizeOption } from './shared-fields';

/** The parameters of Keeper Admin Events Trigger, beside n8n's own poll times. */
export const triggerFields: INodeProperties[] = [
	{
		displayName: 'Start With',
		name: 'startWith',
		type: 'options',
		description:
			'Which events to begin with when the workflow is published for the first time. Later the trigger goes on where it stopped, however long ago that was.',
		options: [
			{ name: 'Events From Now On', value: 'now' },
			{ name: 'Events of the Last Hours', value: 'lookback' },
		],
		default: 'now',
	},
	{
		displayName: 'Hours',
		name: 'lookbackHours',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 8760 },
		description: 'How far to look back when the workflow is published for the first time',
		displayOptions: { show: { startWith: ['lookback'] } },
		default: 24,
	},
	filtersField(),
	outputFormatField(),
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'One Item per Event', value: 'events' },
			{
				name: 'One Item per Poll',
				value: 'poll',
				description: "One item with a list 'events' of all that a poll brought",
			},
			{
				name: 'One NDJSON File per Poll',
				value: 'file',
				description: 'One item with a file of one document a line, to ship or store in bulk',
			},
		],
		default: 'events',
	},
	...fileFields({ show: { output: ['file'] } }),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Overlap Window (Minutes)',
				name: 'overlapMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				description:
					'How late an event may show up after it happened. Every poll reads this stretch again and leaves out what it knows. Keeper says up to 10 minutes.',
				default: 15,
			},
			pageSizeOption,
			{
				displayName: 'Pages per Poll',
				name: 'pagesPerPoll',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1000 },
				description:
					'After how many pages a poll hands over what it has and leaves the rest to the next, as after an outage',
				default: 20,
			},
		],
	},
];
