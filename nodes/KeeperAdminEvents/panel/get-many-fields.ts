import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import {
	limitField,
	requestsAtATime,
	returnAllField,
	timeoutSeconds,
} from '../../shared/option-fields';
import { fileFields, filtersField, outputFormatField, pageSizeOption } from './shared-fields';

const getAll = { resource: ['event'], operation: ['getAll'] };
const show = { show: getAll };

/** In the order of their length. */
const TIME_RANGES: INodePropertyOptions[] = [
	{ name: 'Last 15 Minutes', value: 'last15Minutes' },
	{ name: 'Last Hour', value: 'lastHour' },
	{ name: 'Last 24 Hours', value: 'last24Hours' },
	{ name: 'Last 7 Days', value: 'last7Days' },
	{ name: 'Last 30 Days', value: 'last30Days' },
	{ name: 'Last 90 Days', value: 'last90Days' },
	{ name: 'Custom', value: 'custom', description: 'Between two points in time' },
];

const custom = { show: { ...getAll, timeRange: ['custom'] } };

const range: INodeProperties[] = [
	{
		displayName: 'Time Range',
		name: 'timeRange',
		type: 'options',
		displayOptions: show,
		options: TIME_RANGES,
		default: 'last24Hours',
	},
	{
		displayName: 'Start',
		name: 'start',
		type: 'dateTime',
		required: true,
		description:
			"The earliest time, included. Without a zone it is local time in the workflow's zone.",
		displayOptions: custom,
		default: '',
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'dateTime',
		description:
			'The latest time, included; now if empty. A date without a time means the end of that day.',
		displayOptions: custom,
		default: '',
	},
];

const amount: INodeProperties[] = [
	{ ...returnAllField, displayOptions: show },
	{
		...limitField,
		displayOptions: { show: { ...getAll, returnAll: [false] } },
		hint: "'Order' says which: the first of the time range, or the latest",
	},
];

const order: INodeProperties = {
	displayName: 'Order',
	name: 'order',
	type: 'options',
	displayOptions: show,
	options: [
		{
			name: "Keeper's Order",
			value: 'service',
			description:
				'As Keeper sends them, usually oldest first. With a limit: the first events of the time range.',
		},
		{
			name: 'Newest First',
			value: 'newest',
			description: 'With a limit: the latest events of the time range',
		},
	],
	default: 'service',
};

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	displayOptions: show,
	options: [
		{ name: 'One Item per Event', value: 'events' },
		{
			name: 'One NDJSON File',
			value: 'file',
			description: 'One item with a file of one document a line, to ship or store in bulk',
		},
	],
	default: 'events',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	displayOptions: show,
	default: {},
	options: [
		pageSizeOption,
		requestsAtATime(
			10,
			4,
			"Used when 'Return All' reads a long range. With 1, page follows page in Keeper's own order.",
		),
		timeoutSeconds(600, 'Keeper'),
	],
};

/** The parameters of Get Many. */
export const getManyFields: INodeProperties[] = [
	...range,
	...amount,
	order,
	filtersField(show),
	outputFormatField(show),
	output,
	...fileFields({ show: { ...getAll, output: ['file'] } }),
	options,
];
