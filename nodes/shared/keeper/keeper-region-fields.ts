import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { KEEPER_REGIONS } from './keeper-region';

const REGION_OPTIONS: INodePropertyOptions[] = [
	...Object.entries(KEEPER_REGIONS).map(([value, { name, baseUrl }]) => ({
		name,
		value,
		description: new URL(baseUrl).host,
	})),
	{ name: 'Custom Base URL', value: 'custom' },
];

/** The credentials' choice of region. */
export const regionField: INodeProperties = {
	displayName: 'Region',
	name: 'region',
	type: 'options',
	description: 'The data region of your Keeper tenant',
	options: REGION_OPTIONS,
	default: 'US',
};

/** The credentials' base URL, shown where the region is custom. */
export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	required: true,
	placeholder: 'e.g. https://keepersecurity.com',
	description: 'Must start with https://. Only an address of this machine itself may use http://.',
	displayOptions: { show: { region: ['custom'] } },
	default: '',
};
