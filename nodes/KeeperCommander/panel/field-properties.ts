import type { IDisplayOptions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Choice, Field } from '../table/fields/field';

type Show = NonNullable<IDisplayOptions['show']>;

/** A required field. */
export function fieldProperty(name: string, field: Field, show: Show): INodeProperties {
	const when = Object.entries(field.when ?? {}).map(([other, value]) => [other, [value]]);
	return {
		...optionalProperty(name, field),
		...(['flag', 'names'].includes(field.type) ? {} : { required: true }),
		displayOptions: { show: { ...show, ...Object.fromEntries(when) } },
	};
}

/** A field without display options, as in a collection. */
export function optionalProperty(name: string, field: Field): INodeProperties {
	const { label: displayName, description, placeholder } = field;
	const shared = { displayName, name, description, ...(placeholder ? { placeholder } : {}) };
	switch (field.type) {
		case 'flag':
			return { ...shared, type: 'boolean', default: false };
		case 'count':
			return {
				...shared,
				type: 'number',
				typeOptions: { minValue: 0 },
				default: field.default,
			};
		case 'choice':
			return {
				...shared,
				type: 'options',
				options: optionsOf(field.options),
				default: field.default,
			};
		case 'choices':
			return {
				...shared,
				type: 'multiOptions',
				options: optionsOf(field.options),
				default: [...field.default],
			};
		case 'moment':
			return { ...shared, type: 'dateTime', default: '' };
		case 'json':
			return { ...shared, type: 'json', default: '' };
		case 'secret':
			return { ...shared, type: 'string', typeOptions: { password: true }, default: '' };
		case 'record':
			return locator(shared, field.list);
		default:
			return { ...shared, type: 'string', default: '' };
	}
}

function optionsOf(options: Readonly<Record<string, Choice>>): INodePropertyOptions[] {
	return Object.entries(options).map(([value, { name, description }]) => ({
		name,
		value,
		description,
	}));
}

function locator(
	shared: { displayName: string; name: string; description: string },
	list: string,
): INodeProperties {
	return {
		...shared,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: list, searchable: true },
			},
			{
				displayName: list === 'tokens' ? 'By Name' : 'By Name or ID',
				name: 'name',
				type: 'string',
			},
		],
	};
}
