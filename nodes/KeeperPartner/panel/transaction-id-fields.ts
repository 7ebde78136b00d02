import type { INodeProperties } from 'n8n-workflow';

import { license } from './shown';

export const transactionId: INodeProperties[] = [
	{
		displayName: 'Transaction ID',
		name: 'transactionIdSource',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: license },
		description:
			'Your reference for the license at Keeper. It is never random, so that a second run can be traced.',
		options: [
			{
				name: 'Derive From Email and Plan',
				value: 'emailAndPlan',
				description: 'The same person and plan always give the same ID',
			},
			{
				name: 'Set Below',
				value: 'value',
				description: 'Set the ID yourself, usually with an expression',
			},
			{
				name: 'Take From a Field',
				value: 'field',
				description: "Use a field of each item, such as the student's number",
			},
		],
		default: 'emailAndPlan',
	},
	{
		displayName: 'Transaction ID Value',
		name: 'transactionId',
		type: 'string',
		required: true,
		placeholder: 'e.g. UNIV-2026-00123',
		displayOptions: { show: { ...license, transactionIdSource: ['value'] } },
		default: '',
	},
	{
		displayName: 'Transaction ID Field',
		name: 'transactionIdField',
		type: 'string',
		required: true,
		placeholder: 'e.g. student_id',
		description: 'Name of the field of the item. Case, spaces and underscores do not matter.',
		displayOptions: { show: { ...license, transactionIdSource: ['field'] } },
		default: 'student_id',
	},
	{
		displayName: 'Transaction ID Prefix',
		name: 'transactionIdPrefix',
		type: 'string',
		placeholder: 'e.g. UNIV-2026-',
		description: 'Text to put in front of the value of the field',
		displayOptions: { show: { ...license, transactionIdSource: ['field'] } },
		default: '',
	},
];
