import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { displayOptionsAmong, type Shown, type Spot } from './display-options';
import { byLabel, byName, locator, propertiesOf, sentence } from './field-properties';
import { recordKind } from '../table/records';
import { FILTERS } from '../table/filters';
import { allRows, TABLE } from '../table/table';
import type { Field } from '../table/field';
import { collectionOf, isRepeatable, type Row } from '../table/row';

type Property = INodeProperties;

/**
 * The properties of the Keygen node, derived from the rows. A property that looks the same in many
 * operations is there once, shown for all of them.
 */
export function properties(): Property[] {
	const places = allRows().map(({ resourceName, operation, row }) => ({
		resource: resourceName,
		operation,
		row,
	}));
	const shared = new Map<string, { stage: number; property: Property; spots: Spot[] }>();
	for (const place of places) {
		for (const { stage, sameAs, property } of entriesOf(place)) {
			const key = `${stage} ${sameAs}`;
			const known = shared.get(key);
			if (known) known.spots.push(place);
			else shared.set(key, { stage, property: property(), spots: [place] });
		}
	}
	const shownAt = displayOptionsAmong(places);
	const fields = [...shared.values()]
		.sort((a, b) => a.stage - b.stage)
		.flatMap(({ property, spots }) =>
			shownAt(spots).map((shown) => ({
				...property,
				displayOptions: both(shown, property.displayOptions),
			})),
		);
	return [resourceSelector(), ...Object.keys(TABLE).map(operationSelector), ...fields];
}

/** Shown where both say so; only the first can hide. */
function both(one: Shown, other: Property['displayOptions']): Property['displayOptions'] {
	const merged = { ...one, show: { ...one.show, ...other?.show } };
	return (Object.keys(merged.show).length > 0 ? merged : one) as Property['displayOptions'];
}

function resourceSelector(): Property {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(TABLE)
			.map(([value, { label, description, ee, cloud }]) => ({
				name: label + (ee ? ' (EE)' : cloud ? ' (Cloud)' : ''),
				value,
				...(description === undefined ? {} : { description: sentence(description) }),
			}))
			.sort(byName),
		default: 'license',
	};
}

function operationSelector(resourceName: string): Property {
	const { operations } = TABLE[resourceName];
	const options = Object.entries(operations)
		.map(
			([value, { name, action, description }]): INodePropertyOptions => ({
				name,
				value,
				action,
				...(description ? { description } : {}),
			}),
		)
		.sort(byName);
	const initial = 'getAll' in operations ? 'getAll' : Object.keys(operations)[0];
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resourceName] } },
		options,
		default: initial,
	};
}

/** A property of an operation, to be made only where no other operation has the same. */
interface Entry {
	/** Stages follow each other in the panel. */
	stage: number;
	/** Equal for equal properties of a stage. */
	sameAs: string;
	property: () => Property;
}

function entriesOf({ row, resource: resourceName }: Spot & { row: Row }): Entry[] {
	const resource = TABLE[resourceName];
	const named = (name: string) => [name, resource.fields[name]] as const;
	const { answer } = row;
	const entries: Entry[] = [];
	const add = (stage: number, sameAs: string, property: () => Property) =>
		entries.push({ stage, sameAs, property });
	const { notice } = row;
	if (notice)
		add(0, notice, () => ({ displayName: notice, name: 'notice', type: 'notice', default: '' }));
	row.records.forEach((name, index) => {
		const field: Field = {
			label: recordKind(name).label,
			type: 'record',
			at: 'path',
			record: name,
		};
		add(1 + index, name, () => ({ ...locator(name, field), required: true }));
	});
	(row.required ?? []).map(named).forEach(([name, field], index) => {
		for (const property of propertiesOf(name, field)) {
			const required =
				field.type === 'boolean' || field.type === 'pairs'
					? property
					: { ...property, required: true };
			// What is checked comes before what it is checked with, also where operations share that.
			add(row.local ? 5 + index / 100 : 5, JSON.stringify(required), () => required);
		}
	});
	for (const [name, field] of (row.shown ?? []).map(named))
		for (const property of propertiesOf(name, field))
			add(6, JSON.stringify(property), () => property);
	if (answer === 'list') {
		add(6, '', () => RETURN_ALL);
		add(7, '', () => LIMIT);
	}
	const { filters, optional } = row;
	if (filters) {
		add(8, filters.join(), () =>
			collection(
				'filters',
				'Filters',
				'Add Filter',
				filters.map((name) => [name, FILTERS[name]] as const),
			),
		);
	}
	if (optional) {
		const { name, label, placeholder } = collectionOf(row);
		add(9, `${resourceName} ${name} ${optional.join()}`, () =>
			collection(name, label, placeholder, optional.map(named)),
		);
	}
	if (['record', 'records', 'list', 'documentVerdict'].includes(answer))
		add(10, '', () => SIMPLIFY);
	add(
		11,
		[
			row.settings && resourceName,
			row.settings,
			answer === 'list',
			row.include,
			isRepeatable(row),
			row.local !== undefined,
		].join(),
		() => {
			const options = (row.settings ?? []).flatMap((name) => propertiesOf(...named(name)));
			if (answer === 'list') options.push(ORDER);
			if (row.include) options.push(includeOf(row.include));
			const pace = row.local ? [] : [CONCURRENCY];
			return {
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add Option',
				default: {},
				options: [...options, ...pace, timeout(isRepeatable(row))].sort(byLabel),
			};
		},
	);
	return entries;
}

const RETURN_ALL: Property = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	description: 'Whether to return all results or only up to a given limit',
	default: false,
};

const LIMIT: Property = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	description: 'Max number of results to return',
	default: 50,
};

const SIMPLIFY: Property = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	description: 'Whether to return a simplified version of the response instead of the raw data',
	default: true,
};

const ORDER: Property = {
	displayName: 'Order',
	name: 'order',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
};

const CONCURRENCY: Property = {
	displayName: 'Requests at a Time',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 50 },
	description: 'How many items may be in work at once',
	default: 5,
};

function timeout(repeatable: boolean): Property {
	return {
		displayName: 'Timeout (Seconds)',
		name: 'timeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		description: repeatable
			? 'How long to wait for an answer before asking again'
			: 'How long to wait for an answer. A request without one is not sent again, as it may have been carried out.',
		default: 60,
	};
}

function includeOf(names: readonly string[]): Property {
	return {
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		description: 'Related records to fetch as well, for one request more each',
		options: names.map((name) => ({
			name: name.charAt(0).toUpperCase() + name.slice(1),
			value: name,
		})),
		default: [],
	};
}

function collection(
	name: string,
	displayName: string,
	placeholder: string,
	fields: ReadonlyArray<readonly [string, Field]>,
): Property {
	const options = fields.flatMap(([fieldName, field]) => propertiesOf(fieldName, field));
	const nullable = fields.filter(([, field]) => field.nullable);
	if (nullable.length > 0 && name !== 'filters') options.push(clearFields(nullable));
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: options.sort(byLabel),
	};
}

function clearFields(fields: ReadonlyArray<readonly [string, Field]>): Property {
	return {
		displayName: 'Clear Fields',
		name: 'clear',
		type: 'multiOptions',
		description: 'Fields that shall have no value. A limit without a value does not limit.',
		options: fields
			.map(([value, { label, nullable }]) => ({
				name: nullable === true ? label : `${label} (${nullable})`,
				value,
			}))
			.sort(byName),
		default: [],
	};
}
