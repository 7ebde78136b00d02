import { isIP } from 'node:net';
import {
	CLASSES,
	HOST_PROFILE,
	OBSERVABLE_TYPES,
	SEVERITIES,
	STATUSES,
	type ClassDefinition,
} from './ocsf-classes.mts';
import { OBJECTS, type Definition } from './ocsf-objects.mts';

type Json = Record<string, unknown>;

/** What is wrong with a document by the schema's definitions; empty when nothing is. */
export function ocsfProblems(document: Json): string[] {
	const definition = CLASSES.find(({ uid }) => uid === document.class_uid);
	if (!definition) return [`no class ${String(document.class_uid)}`];
	const problems = checkObject(document, applied(definition, document), definition.caption);
	const expect = (name: string, wanted: unknown) => {
		if (document[name] !== wanted)
			problems.push(`${name} is ${String(document[name])}, not ${String(wanted)}`);
	};
	const activity = document.activity_id as number;
	const caption = definition.activities[activity];
	if (caption === undefined) problems.push(`no activity ${activity}`);
	else if (activity !== 99) expect('activity_name', caption);
	expect('class_name', definition.caption);
	expect('category_uid', definition.category.uid);
	expect('category_name', definition.category.caption);
	expect('type_uid', definition.uid * 100 + activity);
	expect('type_name', `${definition.caption}: ${caption}`);
	expect('severity', SEVERITIES[document.severity_id as number] ?? '?');
	expect('status', (definition.statuses ?? STATUSES)[document.status_id as number] ?? '?');
	for (const { type_id: id, type, name, value } of (document.observables ?? []) as Json[]) {
		if (OBSERVABLE_TYPES[id as number] !== type) problems.push(`observable type ${String(id)}`);
		const path = String(name)
			.split(/[.[\]]+/)
			.filter(Boolean);
		const held = path.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
		// Values of observables are text, also of numbers.
		if (name !== undefined && String(held) !== value)
			problems.push(`observable ${String(name)} does not hold its value`);
	}
	return problems;
}

/** The class with what the profiles add that the document names. */
function applied(definition: ClassDefinition, { metadata }: Json): Definition {
	const named = ((metadata ?? {}) as { profiles?: string[] }).profiles ?? [];
	if (!named.includes('host') || !definition.profiles?.includes('host')) return definition;
	return { ...definition, attributes: { ...definition.attributes, ...HOST_PROFILE } };
}

function checkObject(
	value: unknown,
	{ attributes, atLeastOne }: Definition,
	path: string,
): string[] {
	if (!isRecord(value)) return [`${path} is no object`];
	const problems: string[] = [];
	for (const [name, member] of Object.entries(value)) {
		const type = attributes[name];
		if (type === undefined) problems.push(`${path}.${name} is not defined`);
		else problems.push(...checkValue(member, type.replace('!', ''), `${path}.${name}`));
	}
	for (const [name, type] of Object.entries(attributes)) {
		if (type.endsWith('!') && value[name] === undefined)
			problems.push(`${path}.${name} is missing`);
	}
	if (atLeastOne && !atLeastOne.some((name) => value[name] !== undefined)) {
		problems.push(`${path} has none of ${atLeastOne.join(', ')}`);
	}
	return problems;
}

function checkValue(value: unknown, type: string, path: string): string[] {
	if (type.endsWith('[]')) {
		if (!Array.isArray(value) || value.length === 0) return [`${path} is no filled list`];
		return value.flatMap((entry, n) => checkValue(entry, type.slice(0, -2), `${path}[${n}]`));
	}
	const definition = OBJECTS[type];
	if (definition) return checkObject(value, definition, path);
	return isOfType(value, type) ? [] : [`${path} is no ${type}`];
}

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case 'string':
			return typeof value === 'string' && value !== '';
		case 'boolean':
			return typeof value === 'boolean';
		case 'ip':
			return typeof value === 'string' && isIP(value) !== 0;
		case 'integer':
		case 'long':
		case 'timestamp':
			return Number.isSafeInteger(value);
		case 'object':
			return isRecord(value);
		default:
			return false;
	}
}

function isRecord(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
