import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { bounded } from '../../shared/bounded-number';
import { fail, ok, type Result } from '../../shared/failure';
import { parameterReader } from '../../shared/parameters';
import type { Values } from '../command-line/command-line';
import type { Field } from '../table/fields/field';
import { fieldNamed } from '../table/fields/fields';
import { limitsItself, rowFields, type Row } from '../table/row';
import { fieldValue } from './field-value';

/** The input of an operation for one item. */
export interface Inputs {
	values: Values;
	/** Maximum number of rows to output; undefined for all. */
	limit?: number;
	/** How long to wait for a command to finish. */
	timeoutMs: number;
}

/**
 * Reads the values of a row's fields, item by item.
 *
 * @returns a function that returns an item's values, or why one of them cannot be used
 */
export function inputsReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	row: Row,
): (itemIndex: number) => Result<Inputs> {
	const { required, optional } = rowFields(row);
	const read = (name: string) => parameterReader(context, items, name);
	const own = required.map((name) => [name, read(name)] as const);
	const additional = read('additionalFields');
	const [returnAll, limit, options] = [read('returnAll'), read('limit'), read('options')];
	const timezone = context.getTimezone();
	return (itemIndex) => {
		const given: IDataObject = {
			...(additional(itemIndex) as IDataObject),
			...(Object.fromEntries(
				own.map(([name, reader]) => [name, reader(itemIndex)]),
			) as IDataObject),
		};
		const rows =
			!('reads' in row) || returnAll(itemIndex) === true
				? undefined
				: bounded(limit(itemIndex), 1, Number.MAX_SAFE_INTEGER, 50);
		const values = readValues(given, required, optional);
		if (!values.ok) return values;
		const made = makeValues(
			{ ...values.value, ...(limitsItself(row) && rows ? { limit: String(rows) } : {}) },
			timezone,
		);
		if (!made.ok) return made;
		const { timeoutSeconds } = (options(itemIndex) || {}) as IDataObject;
		return ok({
			values: made.value,
			limit: rows,
			timeoutMs: bounded(timeoutSeconds, 1, 3600, 120) * 1000,
		});
	};
}

function readValues(given: IDataObject, required: string[], optional: string[]): Result<Values> {
	const values: Record<string, string | undefined> = {};
	for (const name of [...required, ...optional]) {
		const field = fieldNamed[name];
		if (!field || isHidden(field, values)) continue;
		const value = fieldValue(field, given[name]);
		if (!value.ok) return value;
		if (value.value === undefined && required.includes(name) && field.type !== 'names')
			return fail({
				message: `'${field.label}' is empty`,
				description: 'Fill it in. Nothing was sent.',
			});
		values[name] = value.value;
	}
	return ok(values);
}

/** Whether another field's value hides the field. */
function isHidden({ when }: Field, values: Values): boolean {
	return Object.entries(when ?? {}).some(([name, value]) => values[name] !== value);
}

/** Adds the fields that are derived from others. */
function makeValues(values: Values, timezone: string): Result<Values> {
	const all: Record<string, string | undefined> = { ...values };
	for (const [name, field] of Object.entries(fieldNamed)) {
		if (field?.type !== 'made') continue;
		const made = field.value({ values, timezone });
		if ('wrong' in made)
			return fail({
				message: made.wrong,
				description: 'Correct the times. Nothing was sent.',
			});
		all[name] = made.value;
	}
	return ok(all);
}
