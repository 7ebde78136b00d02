import { EcsFlat } from '@elastic/ecs';
import { isIP } from 'node:net';

interface FieldDefinition {
	type: string;
	normalize: readonly string[];
	allowed_values?: ReadonlyArray<{ name: string; expected_event_types?: readonly string[] }>;
}

const FIELDS = EcsFlat as unknown as Record<string, FieldDefinition>;
/** Fields of our own, beside the schema as it recommends: under a name that is no field set. */
const OWN = 'keeper';

/** What is wrong with a document by the schema's own field definitions; empty when nothing is. */
export function ecsProblems(document: Record<string, unknown>): string[] {
	const problems = checkMembers(document, '');
	const { category = [], type = [] } = document.event as { category?: string[]; type?: string[] };
	const expected = category.flatMap(
		(name) =>
			FIELDS['event.category']?.allowed_values?.find((allowed) => allowed.name === name)
				?.expected_event_types ?? [],
	);
	for (const name of type) {
		if (!expected.includes(name))
			problems.push(`event.type ${name} does not go with ${category.join()}`);
	}
	return problems;
}

function checkMembers(record: Record<string, unknown>, prefix: string): string[] {
	return Object.entries(record).flatMap(([key, value]) => {
		const path = prefix + key;
		if (path === OWN) return [];
		const field = FIELDS[path];
		if (field) return checkField(value, field, path);
		if (!isRecord(value)) return [`${path} is no field`];
		return checkMembers(value, `${path}.`);
	});
}

function checkField(value: unknown, field: FieldDefinition, path: string): string[] {
	const isList = field.normalize.includes('array');
	if (isList !== Array.isArray(value)) return [`${path} is ${isList ? 'not ' : ''}a list`];
	const values = (isList ? value : [value]) as unknown[];
	const allowed = field.allowed_values?.map(({ name }) => name);
	return values.flatMap((entry) => {
		if (!isOfType(entry, field.type))
			return [`${path} is no ${field.type}: ${JSON.stringify(entry)}`];
		if (allowed && !allowed.includes(entry as string))
			return [`${path} may not be ${String(entry)}`];
		return [];
	});
}

function isOfType(value: unknown, type: string): boolean {
	switch (type) {
		case 'keyword':
		case 'constant_keyword':
		case 'wildcard':
		case 'match_only_text':
			return typeof value === 'string' && value !== '';
		case 'date':
			return typeof value === 'string' && new Date(value).toISOString() === value;
		case 'ip':
			return typeof value === 'string' && isIP(value) !== 0;
		case 'long':
			return Number.isSafeInteger(value);
		case 'object':
			return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string');
		default:
			return false;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
