import type { INodeProperties } from 'n8n-workflow';

import { license } from './shown';

const mapEachField = { ...license, mappingMode: ['mapEachField'] };
const mapAutomatically = { ...license, mappingMode: ['mapAutomatically'] };

export const mapping: INodeProperties[] = [
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
					"Take the fields from each item by their names, such as email, first_name and 'Last Name'. Fastest for many items. Two fields that could be meant are refused, never guessed.",
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
			'Names of the fields in your items, where they differ from the usual ones or where two could be meant. A name given here is the only one that counts: an item without such a field is refused. Case, spaces and underscores do not matter.',
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
