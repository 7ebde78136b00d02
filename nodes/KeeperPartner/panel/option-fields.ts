import type { INodeProperties } from 'n8n-workflow';

import { requestsAtATime, timeoutSeconds } from '../../shared/option-fields';
import { license } from './shown';

export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	displayOptions: { show: license },
	default: {},
	options: [
		{
			displayName: 'Additional Query Parameters',
			name: 'additionalParameters',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Parameter',
			description:
				'Parameters beyond the documented ones that Keeper has given to you. They are sent with every call of this run.',
			default: {},
			options: [
				{
					displayName: 'Parameter',
					name: 'parameter',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							placeholder: 'e.g. locale',
							default: '',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							placeholder: 'e.g. en_US',
							default: '',
						},
					],
				},
			],
		},
		{
			displayName: 'Continue After 401',
			name: 'continueAfterUnauthorized',
			type: 'boolean',
			description:
				'Whether to go on with the other items after Keeper did not accept the credential. By default no further call is made in this run.',
			default: false,
		},
		{
			displayName: 'Most Licenses in One Run',
			name: 'mostLicenses',
			type: 'number',
			typeOptions: { minValue: 1 },
			description:
				'How many licenses one execution of the workflow may buy, loops included. A batch that would go beyond is refused as a whole, before its first call.',
			default: 100,
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
				'Whether to do everything but the call. Shows for every item what would be sent, without the hash, or why it would not.',
			default: false,
		},
		requestsAtATime(100, 5),
		{
			displayName: 'Send Again in the Editor',
			name: 'againInEditor',
			type: 'boolean',
			description:
				"Whether 'Execute step' and 'Execute workflow', pressed again with the same data, buy again. By default the second time gives the outcome of the first, as long as n8n is not restarted.",
			default: false,
		},
		{
			displayName: 'Send When an Execution Is Retried',
			name: 'sendOnRetry',
			type: 'boolean',
			description:
				"Whether to send in an execution that somebody retries. n8n then sends the whole batch of the earlier execution again, also the people who got their license before it crashed or was stopped: turn this on only where the workflow's own record prevents that.",
			default: false,
		},
		timeoutSeconds(
			600,
			'Keeper',
			"An item without a response in time gets the outcome 'unknown' and is not sent again.",
		),
	],
};
