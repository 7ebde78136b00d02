import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { FOLDS, type FoldName } from '../table/folds';
import { objectLabel, RELATED, selectionOf } from '../table/place';
import { changes, type Resource, type Row } from '../table/row';
import type { Resources } from '../table/table';
import { byName, sentence } from './field-properties';

/** The choice of a resource, in the order of the table. */
export function resourceSelector(resources: Resources): INodeProperties {
	const [initial] = Object.keys(resources);
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(resources).map(([value, { label, description, ee, cloud }]) => ({
			name: label + (ee ? ' (EE)' : cloud ? ' (Cloud)' : ''),
			value,
			...(description === undefined ? {} : { description: sentence(description) }),
		})),
		default: initial,
	};
}

/**
 * The choice of a resource's operation, by name, with the default on top: n8n's list of actions
 * preselects the first, which must do no harm.
 */
export function operationSelector(resourceName: string, resource: Resource): INodeProperties {
	const initial = initialOf(resource);
	const folds = [...foldsOf(resource)].map(([fold, rows]) => foldOption(fold, rows, resource));
	const options = Object.entries(resource.operations)
		.filter(([, { fold }]) => fold === undefined)
		.map(([value, { name, action, description }]): INodePropertyOptions => {
			return { name, value, action, ...(description ? { description } : {}) };
		});
	const all = [...options, ...folds].sort(byName);
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resourceName] } },
		options: [
			...all.filter(({ value }) => value === initial),
			...all.filter(({ value }) => value !== initial),
		],
		default: initial,
	};
}

/** A list where there is one, else what changes nothing. */
function initialOf({ operations }: Resource): string {
	if ('getAll' in operations) return 'getAll';
	const names = Object.keys(operations);
	return names.find((name) => !changes(operations[name])) ?? names[0];
}

/** The choices of the objects of a resource's folds. */
export function relatedSelectors(resourceName: string, resource: Resource): INodeProperties[] {
	return [...foldsOf(resource)].map(([fold, rows]) => {
		const options = rows
			.map((row) => ({
				name: objectLabel(row, fold),
				value: selectionOf({ operation: fold, row }).related ?? '',
			}))
			.sort(byName);
		const [{ value: initial }] = options;
		return {
			displayName: FOLDS[fold].label,
			name: RELATED,
			type: 'options',
			noDataExpression: true,
			displayOptions: { show: { resource: [resourceName], operation: [fold] } },
			options,
			default: initial,
		};
	});
}

/** A resource's folded rows, by their fold. */
function foldsOf({ operations }: Resource): Map<FoldName, Row[]> {
	const folds = new Map<FoldName, Row[]>();
	for (const row of Object.values(operations)) {
		if (row.fold !== undefined) folds.set(row.fold, [...(folds.get(row.fold) ?? []), row]);
	}
	return folds;
}

function foldOption(fold: FoldName, rows: Row[], { label }: Resource): INodePropertyOptions {
	const { name, action, description } = FOLDS[fold];
	const objects = rows.map((row) => objectLabel(row, fold).toLowerCase()).sort();
	const list = [objects.slice(0, -1).join(', '), objects[objects.length - 1]]
		.filter((part) => part !== '')
		.join(' or ');
	const resource = label.toLowerCase();
	return { name, value: fold, action: action(resource), description: description(list, resource) };
}
