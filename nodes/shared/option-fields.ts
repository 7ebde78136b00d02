import type { INodeProperties } from 'n8n-workflow';

/** The option 'Requests at a Time'. */
export function requestsAtATime(most: number, otherwise: number, more = ''): INodeProperties {
	return {
		displayName: 'Requests at a Time',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: most },
		description: `Maximum number of parallel requests${more === '' ? '' : `. ${more}`}`,
		default: otherwise,
	};
}

/** The option 'Timeout (Seconds)'. */
export function timeoutSeconds(most: number, service: string, more = ''): INodeProperties {
	return {
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: most },
		description: `How long to wait for ${service}'s response to one request${more === '' ? '' : `. ${more}`}`,
		default: 60,
	};
}

/** 'Return All' and 'Limit', as all nodes of n8n have them. */
export const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	description: 'Whether to return all results or only up to a given limit',
	default: false,
};

export const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	description: 'Max number of results to return',
	default: 50,
};
