import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { RESOURCES } from '../operations';
import { billingUsageFields } from './billing-usage-fields';
import { getManyFields } from './get-many-fields';

const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: Object.entries(RESOURCES).map(([value, { name }]) => ({ name, value })),
	default: 'event',
};

const eventOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['event'] } },
	options: operationsOn('event'),
	default: 'getAll',
};

const billingUsageOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['billingUsage'] } },
	options: operationsOn('billingUsage'),
	default: 'getBillingUsage',
};

/** The parameters of Keeper Admin Events. */
export const fields: INodeProperties[] = [
	resource,
	eventOperation,
	billingUsageOperation,
	...getManyFields,
	...billingUsageFields,
];

function operationsOn(name: string): INodePropertyOptions[] {
	const { operations = {} } = RESOURCES[name] ?? {};
	return Object.entries(operations).map(([value, row]) => ({
		name: row.name,
		value,
		action: row.action,
		description: row.description,
	}));
}
