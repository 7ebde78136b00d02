import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { FORMATS } from '../formats/formats';
import { categoryOptions, eventOptions } from './event-options';

/** The collection 'Filters', which both nodes have. */
export function filtersField(displayOptions?: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		description:
			'Which events to keep. Several entries of one filter are alternatives; an event must match every filter. Case does not matter.',
		...(displayOptions && { displayOptions }),
		default: {},
		options: [
			{
				displayName: 'Addresses',
				name: 'addresses',
				type: 'string',
				placeholder: 'e.g. 203.0.113.7, 10.0.0.0/8',
				description: 'IP addresses that events come from, or blocks of them, separated by commas',
				default: '',
			},
			{
				displayName: 'Categories',
				name: 'categories',
				type: 'multiOptions',
				description: 'The category that an event names itself, or the one that its code belongs to',
				options: categoryOptions,
				default: [],
			},
			{
				displayName: 'Event Patterns',
				name: 'eventPatterns',
				type: 'string',
				placeholder: 'e.g. login*, record_*',
				description:
					"Event codes separated by commas, where * stands for anything. Adds to 'Events', and knows those that the list does not.",
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: eventOptions,
				default: [],
			},
			{
				displayName: 'Users',
				name: 'users',
				type: 'string',
				placeholder: 'e.g. ada@example.com, *@contractor.example',
				description:
					'User names of those who act, separated by commas, where * stands for anything',
				default: '',
			},
		],
	};
}

const formatOptions = Object.entries(FORMATS)
	.map(([value, { name, description }]) => ({ name, value, description }))
	.sort((one, other) => one.name.localeCompare(other.name));

/** The choice 'Event Format', which both nodes have. */
export function outputFormatField(displayOptions?: IDisplayOptions): INodeProperties {
	return {
		displayName: 'Event Format',
		name: 'outputFormat',
		type: 'options',
		...(displayOptions && { displayOptions }),
		options: formatOptions,
		default: 'raw',
	};
}

/** What a file is called and where it goes, shown where files are what comes out. */
export function fileFields(displayOptions: IDisplayOptions): INodeProperties[] {
	return [
		{
			displayName: 'Put Output File in Field',
			name: 'binaryPropertyName',
			type: 'string',
			required: true,
			hint: 'The name of the output binary field to put the file in',
			displayOptions,
			default: 'data',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			required: true,
			placeholder: 'e.g. keeper-events.ndjson',
			displayOptions,
			default: 'keeper-events.ndjson',
		},
	];
}

export const pageSizeOption: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 10000 },
	description:
		'How many events to ask for in one request. Larger pages are faster. Should Keeper refuse a page over 100, the node goes on with 100.',
	default: 1000,
};
