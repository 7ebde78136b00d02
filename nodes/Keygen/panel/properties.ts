import type { INodeProperties } from 'n8n-workflow';

import {
	limitField,
	requestsAtATime,
	returnAllField,
	timeoutSeconds,
} from '../../shared/option-fields';
import { capital } from '../../shared/words';
import { byLabel, byName, locator, propertiesOf } from './field-properties';
import { displayOptionsOf, type ShownInFold } from './fold-display';
import { operationSelector, relatedSelectors, resourceSelector } from './selectors';
import { recordKind, type RecordName } from '../table/records';
import { FILTERS } from '../table/filters';
import type { Place } from '../table/place';
import { allRows, type Resources } from '../table/table';
import type { Field } from '../table/field';
import { asIn, collectionOf, isRepeatable, isSentBy, narrowingOf } from '../table/row';

type Property = INodeProperties;

/**
 * The properties of a node, derived from the rows of its resources. A property that looks the same
 * in many operations is there once, shown for all of them.
 */
export function properties(resources: Resources): Property[] {
	const places = allRows(resources);
	const shared = new Map<string, { stage: number; property: Property; places: Place[] }>();
	for (const place of places) {
		for (const { stage, sameAs, property } of entriesOf(place)) {
			const key = `${stage} ${sameAs}`;
			const known = shared.get(key);
			if (known) known.places.push(place);
			else shared.set(key, { stage, property: property(), places: [place] });
		}
	}
	const shownAt = displayOptionsOf(places);
	const fields = [...shared.values()]
		.sort((a, b) => a.stage - b.stage)
		.flatMap(({ property, places: wanted }) =>
			shownAt(wanted).map((shown) => ({
				...property,
				displayOptions: both(shown, property.displayOptions),
			})),
		);
	return [
		resourceSelector(resources),
		...Object.entries(resources).map(([name, resource]) => operationSelector(name, resource)),
		...Object.entries(resources).flatMap(([name, resource]) => relatedSelectors(name, resource)),
		...fields,
	];
}

/** Shown where both say so; only the first can hide. */
function both(one: ShownInFold, other: Property['displayOptions']): Property['displayOptions'] {
	const { show, hide } = one;
	const shown = { ...show, ...other?.show };
	return {
		...(Object.keys(shown).length > 0 && { show: shown }),
		...(hide && { hide: { ...hide } }),
	} as Property['displayOptions'];
}

/** A property of an operation, to be made only where no other operation has the same. */
interface Entry {
	/** Stages follow each other in the panel. */
	stage: number;
	/** Equal for equal properties of a stage. */
	sameAs: string;
	property: () => Property;
}

function entriesOf({ row, resourceName, resource }: Place): Entry[] {
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
			// Keeps the verified input above the key fields that operations share.
			add(row.local ? 5 + index / 100 : 5, JSON.stringify(required), () => required);
		}
	});
	for (const [name, field] of (row.shown ?? []).map(named))
		for (const property of propertiesOf(name, field))
			add(6, JSON.stringify(property), () => property);
	if (answer === 'list') {
		add(6, '', () => returnAllField);
		add(7, '', () => limitField);
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
			collection(
				name,
				label,
				placeholder,
				optional.map((one) => [one, asIn(row, resource.fields[one])] as const),
				isSentBy(row, 'POST'),
			),
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
			narrowingOf(row).map(({ name }) => name),
		].join(),
		() => {
			const options = (row.settings ?? []).flatMap((name) => propertiesOf(...named(name)));
			if (answer === 'list') options.push(ORDER);
			if (row.include) options.push(includeOf(row.include));
			for (const { name, label, record } of narrowingOf(row))
				options.push(narrowing(name, label, record));
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

/** An option for an alias that several records may have. */
function narrowing(name: string, label: string, record: RecordName): Property {
	const description = 'Where several records have the same name';
	return locator(name, { label, type: 'record', at: 'path', record, description });
}

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

const CONCURRENCY: Property = requestsAtATime(50, 5);

function timeout(repeatable: boolean): Property {
	return timeoutSeconds(
		3600,
		'Keygen',
		repeatable
			? 'Then the request is sent again, up to three times.'
			: 'A request without a response is not sent again, as it may have been carried out.',
	);
}

function includeOf(names: readonly string[]): Property {
	return {
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		description: 'Related records to fetch as well, for one request more each',
		options: names.map((name) => ({
			name: capital(name),
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
	isCreation = false,
): Property {
	const options = fields.flatMap(([fieldName, field]) => propertiesOf(fieldName, field));
	const nullable = fields.filter(([, field]) => field.nullable);
	if (nullable.length > 0 && name !== 'filters') options.push(clearFields(nullable, isCreation));
	return {
		displayName,
		name,
		type: 'collection',
		placeholder,
		default: {},
		options: options.sort(byLabel),
	};
}

function clearFields(
	fields: ReadonlyArray<readonly [string, Field]>,
	isCreation: boolean,
): Property {
	const meaning = ({ nullable, nullableOnCreate }: Field) =>
		isCreation ? (nullableOnCreate ?? nullable) : nullable;
	return {
		displayName: 'Clear Fields',
		name: 'clear',
		type: 'multiOptions',
		description:
			'Fields that shall have no value; what that means stands in parentheses where it is not plain',
		options: fields
			.map(([value, field]) => {
				const means = meaning(field);
				return { name: means === true ? field.label : `${field.label} (${means})`, value };
			})
			.sort(byName),
		default: [],
	};
}
