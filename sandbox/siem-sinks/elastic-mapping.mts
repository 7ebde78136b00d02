import { isIP } from 'node:net';

import { EcsFlat } from '@elastic/ecs';

type Json = Record<string, unknown>;

/** The mapping of a field, as in the body of an index template. */
export interface FieldMapping {
	type?: string;
	properties?: Record<string, FieldMapping>;
	ignore_above?: number;
}

/** Bytes in one term of Lucene's index. */
const LONGEST_TERM = 32_766;
/** `depth_limit` of a flattened field. */
const DEEPEST = 20;
/** Types of text in which everything that is no object fits. */
const TEXTS = new Set(['keyword', 'constant_keyword', 'wildcard', 'match_only_text', 'text']);
const INTEGERS = new Set(['long', 'integer', 'short', 'byte']);

const ECS = EcsFlat as unknown as Record<string, { type: string; ignore_above?: number }>;

/**
 * The mapping of a data stream: the fields of its index template, those of the Elastic Common Schema
 * (the component template ecs@mappings), and all others by the first value that came for them.
 */
export class ElasticMapping {
	private readonly fields = new Map<string, FieldMapping>();

	/** @param properties of the index template; none means dynamic mapping for all fields of one's own */
	constructor(properties: Record<string, FieldMapping> = {}) {
		for (const [path, { type, ignore_above }] of Object.entries(ECS))
			this.fields.set(path, { type, ignore_above });
		this.declare(properties, '');
	}

	/** The types of all fields that have one. */
	typeOf(path: string): string | undefined {
		return this.fields.get(path)?.type;
	}

	/** Why Elasticsearch refuses a document; undefined when it does not, and then new fields are mapped. */
	refusal(document: Json): string | undefined {
		const time = document['@timestamp'];
		if (typeof time !== 'string') {
			return 'data stream timestamp field [@timestamp] is missing';
		}
		const found = new Map<string, FieldMapping>();
		const problem = this.checkMembers(document, '', found);
		if (problem !== undefined) return problem;
		for (const [path, mapping] of found) this.fields.set(path, mapping);
		return undefined;
	}

	private declare(properties: Record<string, FieldMapping>, prefix: string): void {
		for (const [name, mapping] of Object.entries(properties)) {
			if (mapping.type !== undefined) this.fields.set(prefix + name, mapping);
			this.declare(mapping.properties ?? {}, `${prefix}${name}.`);
		}
	}

	private checkMembers(
		members: Json,
		prefix: string,
		found: Map<string, FieldMapping>,
	): string | undefined {
		for (const [name, value] of Object.entries(members)) {
			const problem = this.check(value, prefix + name, found);
			if (problem !== undefined) return problem;
		}
		return undefined;
	}

	private check(
		value: unknown,
		path: string,
		found: Map<string, FieldMapping>,
	): string | undefined {
		if (value === null) return undefined;
		if (Array.isArray(value)) {
			for (const entry of value as unknown[]) {
				const problem = this.check(entry, path, found);
				if (problem !== undefined) return problem;
			}
			return undefined;
		}
		const mapping = this.fields.get(path) ?? found.get(path);
		if (mapping?.type === 'flattened') return flattenedProblem(value, path, mapping);
		if (typeof value === 'object') {
			if (mapping?.type !== undefined && !['object', 'nested'].includes(mapping.type)) {
				return `failed to parse field [${path}] of type [${mapping.type}]: it is an object`;
			}
			found.set(path, { type: 'object' });
			return this.checkMembers(value as Json, `${path}.`, found);
		}
		if (mapping === undefined) {
			found.set(path, { type: dynamicType(value), ignore_above: 1024 });
			return undefined;
		}
		return fits(value, mapping)
			? undefined
			: `failed to parse field [${path}] of type [${mapping.type}]`;
	}
}

/** What a value without a mapping becomes, by logs@mappings, which detects no dates. */
function dynamicType(value: unknown): string {
	if (typeof value === 'boolean') return 'boolean';
	if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'float';
	return 'keyword';
}

function fits(value: unknown, { type = '', ignore_above }: FieldMapping): boolean {
	if (TEXTS.has(type)) {
		const text = String(value);
		const kept = ignore_above === undefined || text.length <= ignore_above;
		return !(type === 'keyword' && kept && Buffer.byteLength(text) > LONGEST_TERM);
	}
	if (INTEGERS.has(type)) return value !== '' && Number.isFinite(Number(value));
	switch (type) {
		case 'ip':
			return isIP(String(value)) !== 0;
		case 'date':
			return typeof value === 'number' || isIsoTime(String(value));
		case 'boolean':
			return typeof value === 'boolean' || value === 'true' || value === 'false';
		case 'float':
		case 'scaled_float':
			return value !== '' && Number.isFinite(Number(value));
		default:
			// Objects and nested fields have members.
			return false;
	}
}

const isIsoTime = (text: string): boolean =>
	/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text) &&
	!Number.isNaN(Date.parse(text));

function flattenedProblem(
	value: unknown,
	path: string,
	mapping: FieldMapping,
	depth = 1,
): string | undefined {
	if (depth > DEEPEST) return `the field [${path}] is deeper than [${DEEPEST}]`;
	if (depth === 1 && (typeof value !== 'object' || value === null)) {
		return `failed to parse field [${path}] of type [flattened]: it is no object`;
	}
	if (typeof value === 'object' && value !== null) {
		for (const [name, member] of Object.entries(value)) {
			if (name.includes('\0')) return `a key of [${path}] contains the reserved character \\0`;
			const deeper = Array.isArray(value) ? depth : depth + 1;
			const problem = flattenedProblem(member, path, mapping, Math.max(2, deeper));
			if (problem !== undefined) return problem;
		}
		return undefined;
	}
	return fits(value ?? '', { ...mapping, type: 'keyword' })
		? undefined
		: `immense term in field [${path}]`;
}
