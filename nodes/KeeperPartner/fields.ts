import type { INodeProperties } from 'n8n-workflow';

import { requestsAtATime, timeoutSeconds } from '../shared/option-fields';
import { PLANS } from './plans';

const license = { resource: ['license'] };

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [{ name: 'License', value: 'license' }],
	default: 'license',
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: license },
	options: Object.entries(PLANS).map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'provisionStudentPlan',
};

const paidNotice: INodeProperties = {
	displayName:
		"Every call creates a paid license and cannot be taken back. Leave 'Retry On Fail' in the settings off: the node itself retries what surely did not reach Keeper. To look at the calls first, use the option 'Preview'.",
	name: 'paidNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: license },
};

const mapEachField = { ...license, mappingMode: ['mapEachField'] };
const mapAutomatically = { ...license, mappingMode: ['mapAutomatically'] };

const mapping: INodeProperties[] = [
	{
		displayName: 'Mapping Mode',
		name: 'mappingMode',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: license },
		options: [
			{
				name: 'Map Each Field',
				value: 'mapEachField',
				description: 'Set the value of each field below',
			},
			{
				name: 'Map Automatically',
				value: 'mapAutomatically',
				description:
					"Take the fields from each item by their names, such as email, first_name and 'Last Name'. Fastest for many items.",
			},
		],
		default: 'mapEachField',
	},
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		required: true,
		placeholder: 'e.g. jane@students.university.edu',
		description:
			'Where Keeper sends the invitation. Students need an address outside the primary domain.',
		displayOptions: { show: mapEachField },
		default: '',
	},
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		required: true,
		placeholder: 'e.g. Jane',
		displayOptions: { show: mapEachField },
		default: '',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		placeholder: 'e.g. Smith',
		description: 'Left out of the call when empty',
		displayOptions: { show: mapEachField },
		default: '',
	},
	{
		displayName: 'Field Names',
		name: 'fieldNames',
		type: 'collection',
		placeholder: 'Add Field Name',
		description:
			'Names of the fields in your items, where they differ from the usual ones. Case, spaces and underscores do not matter.',
		displayOptions: { show: mapAutomatically },
		default: {},
		options: [
			{
				displayName: 'Email Field',
				name: 'email',
				type: 'string',
				placeholder: 'e.g. school_email',
				description: 'Name of the field that holds the email address',
				default: 'email',
			},
			{
				displayName: 'First Name Field',
				name: 'firstName',
				type: 'string',
				placeholder: 'e.g. given_name',
				description: 'Name of the field that holds the first name',
				default: 'first_name',
			},
			{
				displayName: 'Last Name Field',
				name: 'lastName',
				type: 'string',
				placeholder: 'e.g. family_name',
				description: 'Name of the field that holds the last name',
				default: 'last_name',
			},
		],
	},
];

const transactionId: INodeProperties[] = [
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

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	displayOptions: { show: license },
	default: {},
	options: [
		{
			displayName: 'Continue After 401',
			name: 'continueAfterUnauthorized',
			type: 'boolean',
			description:
				'Whether to go on with the other items after Keeper did not accept the credential. By default no further call is made in this run.',
			default: false,
		},
		{
			displayName: 'Pause Between Requests (Ms)',
			name: 'pauseMs',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 60000 },
			description: 'Least time between the starts of two requests, in milliseconds',
			default: 0,
		},
		{
			displayName: 'Preview',
			name: 'preview',
			type: 'boolean',
			description:
				'Whether to do everything but the call. Shows what would be sent, without the hash.',
			default: false,
		},
		requestsAtATime(100, 5),
		timeoutSeconds(
			600,
			'Keeper',
			"An item without a response in time gets the outcome 'unknown' and is not sent again.",
		),
	],
};

export const fields: INodeProperties[] = [
	resource,
	operation,
	paidNotice,
	...mapping,
	...transactionId,
	options,
];
