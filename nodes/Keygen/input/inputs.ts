import { fail, ok, type Result } from '../../shared/failure';
import { isJsonObject } from '../../shared/json';
import { fieldValue } from './field-value';
import { recordKind } from '../table/records';
import { howToName, isSecret, reference, type Reference } from '../table/references';
import { takeFilters } from './filter-values';
import type { Field } from '../table/field';
import { collectionOf, isSentBy, narrowingOf, type Resource, type Row } from '../table/row';

/** Parameters of the node for one item, as n8n hands them out. */
export type Parameters = Readonly<Record<string, unknown>>;

/** What goes on the wire for one field. */
export interface Input {
	name: string;
	field: Field;
	/** Records are still references here; null clears the field. */
	value: unknown;
}

/** Everything a user entered for one operation, checked. */
export interface Inputs {
	path: Reference[];
	fields: Input[];
	/** What narrows an alias in the path, by the name of its option. */
	narrowed: Record<string, Reference>;
	/** Values that must never be shown. */
	secrets: string[];
}

/**
 * Checks what a user entered for an operation.
 *
 * @param timezone of moments without an offset
 * @returns the values, or all that is wrong with them
 */
export function readInputs(
	row: Row,
	resource: Resource,
	parameters: Parameters,
	timezone: string,
): Result<Inputs> {
	const unfit: string[] = [];
	const inputs: Inputs = { path: [], fields: [], narrowed: {}, secrets: [] };
	for (const name of row.records) {
		const { label } = recordKind(name);
		const found = reference(label, name, parameters[name]);
		if (found === undefined) unfit.push(`'${label}' is empty. ${howToName(name)}`);
		else if (!found.ok) unfit.push(found.failure);
		else inputs.path.push(found.value);
	}
	const take = (name: string, field: Field, given: unknown) => {
		const found = fieldValue(field, given, timezone);
		if (found === undefined) return false;
		if (!found.ok) unfit.push(found.failure);
		else inputs.fields.push({ name, field, value: found.value });
		return true;
	};
	for (const name of row.required ?? []) {
		const field = resource.fields[name];
		if (!isShown(field, resource, parameters)) continue;
		if (!take(name, field, givenIn(parameters, name, field))) unfit.push(emptyField(field));
	}
	const { limit } = parameters;
	if (row.answer === 'list' && parameters.returnAll !== true && limit !== undefined) {
		const count = fieldValue(LIMIT, limit, timezone);
		if (count === undefined) unfit.push("'Limit' is empty. Enter a whole number from 1 on");
		else if (!count.ok) unfit.push(count.failure);
	}
	for (const name of row.shown ?? []) take(name, resource.fields[name], parameters[name]);
	const optional = objectAt(parameters, collectionOf(row).name);
	const cleared = Array.isArray(optional.clear) ? optional.clear.map(String) : [];
	for (const name of row.optional ?? []) {
		const field = resource.fields[name];
		const given = name in optional || `${name}Json` in optional;
		const taken = given && take(name, field, givenIn(optional, name, field));
		if (!cleared.includes(name) || !field.nullable) continue;
		if (taken)
			unfit.push(
				`'${field.label}' has a value and is under 'Clear Fields' as well. Remove one of the two`,
			);
		else inputs.fields.push({ name, field, value: field.type === 'list' ? [] : null });
	}
	const pair = encryptionProblem(inputs) ?? sharedPlace(inputs);
	if (pair !== undefined) unfit.push(pair);
	const settings = objectAt(parameters, 'options');
	for (const { name, label, record } of narrowingOf(row)) {
		if (!(name in settings)) continue;
		const found = reference(label, record, settings[name]);
		if (found === undefined) unfit.push(`'${label}' is empty. Give it a value, or remove it`);
		else if (!found.ok) unfit.push(found.failure);
		else inputs.narrowed[name] = found.value;
	}
	for (const name of row.settings ?? []) take(name, resource.fields[name], settings[name]);
	if (row.filters) unfit.push(...takeFilters(row.filters, objectAt(parameters, 'filters'), take));
	if (unfit.length === 0 && isIdle(row, inputs))
		unfit.push("There is nothing to change. Add a field under 'Update Fields'");
	inputs.secrets = secretsOf(inputs);
	if (unfit.length === 0) return ok(inputs);
	const [message, ...others] = unfit;
	const also = others.length > 0 ? `Also: ${others.join('. ')}. ` : '';
	return fail({
		message: shorten(message),
		description: `${rest(message)}${also}Nothing was sent.`,
	});
}

/** The service takes 'Encrypt' and 'Algorithm' apart, and lets the algorithm win. */
function encryptionProblem({ fields }: Inputs): string | undefined {
	const at = (end: string) => fields.find(({ field }) => field.at.endsWith(end))?.value;
	const algorithm = at('.algorithm');
	if (typeof algorithm !== 'string') return undefined;
	const isEncrypted = at('.encrypt') === true;
	if (isEncrypted === algorithm.startsWith('aes-')) return undefined;
	return isEncrypted
		? `'Encrypt' is on, but '${algorithm}' leaves the file in clear. Take an algorithm that starts with aes-256-gcm, or remove 'Algorithm'`
		: `'${algorithm}' encrypts the file, but 'Encrypt' is off. Turn 'Encrypt' on, or take an algorithm that starts with base64`;
}

/** An alias goes where another field's value goes, so that one of the two would be lost. */
function sharedPlace({ fields }: Inputs): string | undefined {
	for (const { field, value } of fields) {
		if (field.aliasAt === undefined || !isReference(value) || value.isId) continue;
		const other = fields.find((one) => one.field.at === field.aliasAt);
		if (other !== undefined && other.value !== value.value)
			return `'${field.label}' and '${other.field.label}' name two fingerprints. Keep one of them, or give the ID of '${field.label}'`;
	}
	return undefined;
}

const LIMIT: Field = { label: 'Limit', type: 'number', at: 'query.limit', min: 1 };

/** A message is the first sentence of what is wrong; what to do about it goes below. */
const shorten = (text: string) => text.split(/\. (?=[A-Z])/)[0];
const rest = (text: string) => {
	const more = text.slice(shorten(text).length + 2);
	return more === '' ? '' : `${more.replace(/\.?$/, '.')} `;
};

/** Whether the panel shows a field that is shown for one value of another only. */
function isShown({ when }: Field, { fields }: Resource, parameters: Parameters): boolean {
	return when === undefined || (parameters[when.field] ?? fields[when.field].default) === when.is;
}

function emptyField({ label, type, record }: Field): string {
	return type === 'record' || type === 'records'
		? `'${label}' is empty. ${howToName(record ?? '')}`
		: `'${label}' is empty`;
}

function isIdle(row: Row, { fields }: Inputs): boolean {
	return (
		isSentBy(row, 'PATCH', 'PUT') &&
		row.optional !== undefined &&
		row.required === undefined &&
		fields.length === 0
	);
}

/** What was entered for a field; JSON goes over single values. */
function givenIn(parameters: Parameters, name: string, field: Field): unknown {
	if (field.type !== 'pairs') return parameters[name];
	const pairs = fieldValue(field, parameters[name], 'UTC');
	const json = fieldValue(field, parameters[`${name}Json`], 'UTC');
	if (pairs && !pairs.ok) return parameters[name];
	if (json && !json.ok) return parameters[`${name}Json`];
	const values = [pairs, json].map((found) => found?.value as object | undefined);
	const merged = { ...values[0], ...values[1] };
	const isNothing =
		Object.keys(merged).length === 0 && (values[1] === undefined || field.at === 'meta.query');
	return isNothing ? undefined : merged;
}

function objectAt(parameters: Parameters, name: string): Record<string, unknown> {
	const value = parameters[name];
	return isJsonObject(value) ? value : {};
}

function secretsOf({ path, fields }: Inputs): string[] {
	const secrets = path.filter(isSecret).map(({ value }) => value);
	for (const { field, value } of fields) {
		if (field.secret && typeof value === 'string') secrets.push(value);
		for (const one of Array.isArray(value) ? value : [value]) {
			if (isReference(one) && isSecret(one)) secrets.push(one.value);
			for (const [name, part] of Object.entries(field.parts ?? {}))
				if (part.secret && one?.[name]) secrets.push(String(one[name]));
		}
	}
	return secrets;
}

/** What was entered for a field; undefined for nothing. */
export function valueIn({ fields }: Inputs, wanted: string): unknown {
	return fields.find(({ name }) => name === wanted)?.value;
}

export function isReference(value: unknown): value is Reference {
	return typeof value === 'object' && value !== null && 'record' in value && 'isId' in value;
}
