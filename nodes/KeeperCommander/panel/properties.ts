import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { limitField, returnAllField } from '../../shared/option-fields';
import { fieldNamed } from '../table/fields/fields';
import { rowFields, type Resource, type Row } from '../table/row';
import { TABLE } from '../table/table';
import { fieldProperty, optionalProperty } from './field-properties';

/** The node's panel, generated from the table. */
export function properties(): INodeProperties[] {
	return [
		resourceProperty(),
		...Object.entries(TABLE).flatMap(([name, resource]) => [
			operationProperty(name, resource),
			...notices(name, resource),
			...requiredProperties(name, resource),
			...listProperties(name, resource),
			...additionalProperties(name, resource),
		]),
		OPTIONS,
	];
}

function resourceProperty(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(TABLE).map(([value, { name }]) => ({ name, value })),
		default: 'user',
	};
}

function operationProperty(resource: string, { operations }: Resource): INodeProperties {
	const [first] = Object.keys(operations);
	const initial = 'getAll' in operations ? 'getAll' : first;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: Object.entries(operations).map(
			([value, { name, action, description }]): INodePropertyOptions => ({
				name,
				value,
				action,
				description,
			}),
		),
		default: initial,
	};
}

/** The operations of a resource that match. */
function operationsWith({ operations }: Resource, fits: (row: Row) => boolean): string[] {
	return Object.keys(operations).filter((name) => fits(operations[name]));
}

function notices(resource: string, { operations }: Resource): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, { notice }]): INodeProperties[] =>
		notice === undefined
			? []
			: [
					{
						displayName: notice,
						name: `${operation}Notice`,
						type: 'notice',
						default: '',
						displayOptions: { show: { resource: [resource], operation: [operation] } },
					},
				],
	);
}

/** One property per field, shown for every operation of the resource that requires it. */
function requiredProperties(name: string, resource: Resource): INodeProperties[] {
	const needed = Object.values(resource.operations).flatMap((row) => rowFields(row).required);
	return [...new Set(needed)].flatMap((field) => {
		const operation = operationsWith(resource, (row) => rowFields(row).required.includes(field));
		const described = fieldNamed[field];
		return described ? fieldProperty(field, described, { resource: [name], operation }) : [];
	});
}

function listProperties(name: string, resource: Resource): INodeProperties[] {
	const operation = operationsWith(resource, (row) => 'reads' in row);
	if (operation.length === 0) return [];
	const show = { resource: [name], operation };
	return [
		{ ...returnAllField, displayOptions: { show } },
		{ ...limitField, displayOptions: { show: { ...show, returnAll: [false] } } },
	];
}

/** The optional fields of each operation, in a collection of their own. */
function additionalProperties(name: string, { operations }: Resource): INodeProperties[] {
	return Object.entries(operations).flatMap(([operation, row]): INodeProperties[] => {
		const optional = rowFields(row).optional.flatMap((field) => {
			const described = fieldNamed[field];
			return described ? optionalProperty(field, described) : [];
		});
		if (optional.length === 0) return [];
		return [
			{
				displayName: 'Additional Fields',
				name: 'additionalFields',
				type: 'collection',
				placeholder: 'Add Field',
				displayOptions: { show: { resource: [name], operation: [operation] } },
				default: {},
				options: optional.sort((a, b) => a.displayName.localeCompare(b.displayName)),
			},
		];
	});
}

const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeoutSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			description:
				'How long to wait for a command to finish. Reports of a large organization can take minutes.',
			default: 120,
		},
	],
};
