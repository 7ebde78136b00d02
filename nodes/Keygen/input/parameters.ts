import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import {
	isPlain,
	ownValue,
	parameterReader,
	plainReference,
	type ParameterReader,
} from '../../shared/parameters';
import type { Parameters } from './inputs';
import { collectionOf, type Row } from '../table/row';

/** Parameters that a row reads, whether or not they are filled. */
function namesOf(row: Row): string[] {
	const required = (row.required ?? []).flatMap((name) => [name, `${name}Json`]);
	return [
		...row.records,
		...required,
		...(row.shown ?? []),
		collectionOf(row).name,
		'filters',
		'options',
		'returnAll',
		'limit',
		'simplify',
	];
}

/**
 * Reads the parameters of an operation, as cheaply as their stored form allows.
 *
 * @returns a function from an item's index to its parameters; throws what n8n's evaluator throws
 */
export function parametersReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	row: Row,
): (itemIndex: number) => Parameters {
	const stored = context.getNode().parameters;
	const readers = namesOf(row)
		.filter((name) => stored[name] !== undefined)
		.map((name): [string, ParameterReader] => [
			name,
			objectReader(context, items, name) ?? parameterReader(context, items, name),
		]);
	return (itemIndex) => Object.fromEntries(readers.map(([name, read]) => [name, read(itemIndex)]));
}

type Build = (json: unknown) => unknown;
/** Stands for a reference that the item does not answer plainly. */
const UNKNOWN = Symbol('unknown');

/** A reader of a collection or locator whose expressions all only name a field of the item. */
function objectReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	name: string,
): ParameterReader | undefined {
	const stored = context.getNode().parameters[name];
	if (typeof stored !== 'object' || stored === null || !JSON.stringify(stored).includes('"='))
		return undefined;
	let plain = true;
	const builder = (value: unknown): Build => {
		if (typeof value === 'string' && value.startsWith('=')) {
			const path = plainReference(value);
			if (path === undefined) plain = false;
			return (json) => {
				const found = ownValue(json, path ?? []);
				return isPlain(found) ? found : UNKNOWN;
			};
		}
		if (Array.isArray(value)) {
			const parts = value.map(builder);
			return (json) => parts.map((build) => build(json));
		}
		if (typeof value === 'object' && value !== null) {
			const parts = Object.entries(value).map(([key, part]): [string, Build] => [
				key,
				builder(part),
			]);
			return (json) => Object.fromEntries(parts.map(([key, build]) => [key, build(json)]));
		}
		return () => value;
	};
	const build = builder(stored);
	if (!plain) return undefined;
	return (itemIndex) => {
		const value = build(items[itemIndex].json);
		return holds(value, UNKNOWN) ? context.getNodeParameter(name, itemIndex, '') : value;
	};
}

function holds(value: unknown, wanted: unknown): boolean {
	if (value === wanted) return true;
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.values(value).some((part) => holds(part, wanted))
	);
}
