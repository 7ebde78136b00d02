import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { capital } from '../../shared/words';
import { EE_ONLY } from '../table/fields';
import { recordKind } from '../table/records';
import type { Field } from '../table/field';

type Property = INodeProperties;

export const byName = (a: { name: string }, b: { name: string }) => compare(a.name, b.name);
export const byLabel = (a: { displayName: string }, b: { displayName: string }) =>
	compare(a.displayName, b.displayName);
/** In the order that n8n wants lists in, which does not mind case. A collator would take longer to load. */
function compare(a: string, b: string): number {
	const [one, other] = [a.toLowerCase(), b.toLowerCase()];
	return one < other ? -1 : one > other ? 1 : 0;
}

/** n8n ends a description with a full stop only where it has several sentences. */
export const sentence = (text: string) =>
	/[.!?] [A-Z']/.test(text) ? text.replace(/\.?$/, '.') : text.replace(/\.$/, '');

/** The property of a field; two for one that can also be entered as JSON. */
export function propertiesOf(name: string, field: Field): Property[] {
	const description =
		field.description &&
		sentence(field.ee ? `${field.description}. ${EE_ONLY}` : field.description);
	const base = {
		displayName: field.label,
		name,
		...(description ? { description } : field.ee ? { description: EE_ONLY } : {}),
		...(field.placeholder ? { placeholder: field.placeholder } : {}),
		...(field.when ? { displayOptions: { show: { [field.when.field]: [field.when.is] } } } : {}),
		...(field.decides ? { noDataExpression: true } : {}),
	};
	switch (field.type) {
		case 'string':
			return [
				{
					...base,
					type: 'string',
					...typeOptions(field),
					default: field.default ?? '',
				} as Property,
			];
		case 'list':
		case 'duration':
		case 'date':
			return [{ ...base, type: 'string', default: '' }];
		case 'dateTime':
			return [{ ...base, type: 'dateTime', default: '' }];
		case 'number':
			return [
				{
					...base,
					type: 'number',
					...bounds(field),
					default: (field.default as number) ?? field.min ?? 0,
				} as Property,
			];
		case 'boolean':
			return [{ ...base, type: 'boolean', default: (field.default as boolean) ?? true }];
		case 'json':
			return [{ ...base, type: 'json', default: (field.default as string) ?? '{}' }];
		case 'options': {
			const options = choicesOf(field);
			return [
				{
					...base,
					type: 'options',
					options,
					default: (field.default as string) ?? (options[0].value as string),
				},
			];
		}
		case 'multiOptions':
			if (field.loadOptions) return [loaded(base, field.loadOptions)];
			return [{ ...base, type: 'multiOptions', options: choicesOf(field), default: [] }];
		case 'records':
			return [loaded(base, `get${capital(field.record ?? '')}s`)];
		case 'record':
			return [locator(name, field)];
		case 'pairs':
			return pairsOf(base, field);
		case 'embedded':
			return [embedded(base, field)];
	}
}

function typeOptions(field: Field): Partial<Property> {
	if (field.secret) return { typeOptions: { password: true } };
	return field.multiline ? { typeOptions: { rows: 4 } } : {};
}

function bounds({ min, max }: Field): Partial<Property> {
	return {
		typeOptions: {
			...(min === undefined ? {} : { minValue: min }),
			...(max === undefined ? {} : { maxValue: max }),
		},
	};
}

const choicesOf = ({ options }: Field) =>
	Object.entries(options ?? {})
		.map(([value, name]) => ({ name, value }))
		.sort(byName);

/** n8n's rules fix the wording of the description for options that are loaded. */
function loaded(
	{ name, displayName }: { name: string; displayName: string },
	loadOptionsMethod: string,
): Property {
	return {
		displayName,
		name,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		default: [],
	};
}

/** A property that points at another record. */
export function locator(name: string, field: Field): Property {
	const kind = recordKind(field.record ?? '');
	const fromList = {
		typeOptions: { searchListMethod: `search${capital(field.record ?? '')}`, searchable: true },
	};
	const modes = [
		locatorMode('From List', 'list', fromList),
		locatorMode('By ID', 'id', { placeholder: 'e.g. 0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31' }),
		...(kind.aliases ?? []).map(({ mode, label, placeholder }) =>
			locatorMode(label, mode, { placeholder }),
		),
	];
	return {
		displayName: field.label,
		name,
		type: 'resourceLocator',
		...(field.when ? { displayOptions: { show: { [field.when.field]: [field.when.is] } } } : {}),
		default: { mode: 'list', value: '' },
		...(field.description
			? { description: sentence(field.ee ? `${field.description}. ${EE_ONLY}` : field.description) }
			: field.ee
				? { description: EE_ONLY }
				: {}),
		modes,
	};
}

function locatorMode(
	displayName: string,
	name: string,
	more: Partial<INodePropertyMode>,
): INodePropertyMode {
	return { displayName, name, type: name === 'list' ? 'list' : 'string', ...more };
}

const valuePair: Property[] = [
	{ displayName: 'Name', name: 'name', type: 'string', default: '' },
	{ displayName: 'Value', name: 'value', type: 'string', default: '' },
];

function pairsOf(
	base: Partial<Property> & { name: string; displayName: string },
	field: Field,
): Property[] {
	const asPairs: Property = {
		...base,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Value',
		default: {},
		options: [{ displayName: 'Values', name: 'pairs', values: valuePair }],
	};
	if (field.at.startsWith('query.')) return [asPairs];
	return [
		asPairs,
		{
			displayName: `${field.label} (JSON)`,
			name: `${base.name}Json`,
			type: 'json',
			description: `${field.label} as a JSON object, for numbers, lists and the like; goes before single values`,
			default: '{}',
		},
	];
}

function embedded(
	base: Partial<Property> & { name: string; displayName: string },
	{ parts = {} }: Field,
): Property {
	return {
		...base,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add',
		default: {},
		options: [
			{
				displayName: base.displayName,
				name: 'entries',
				values: Object.entries(parts)
					.flatMap(([name, part]) => propertiesOf(name, part))
					.sort(byLabel),
			},
		],
	} as Property;
}
