import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { asObject, isObject } from './json.mts';
import type { Json, JsonObject } from './json.mts';

export interface Request {
	method: string;
	path: string;
	from?: 'origin' | 'url';
	body?: Json;
	text?: string;
	headers?: Record<string, string | null>;
}

/** An answer with IDs, times, and secrets replaced by names. */
export interface Answer {
	status: number;
	headers: Record<string, Json>;
	body?: Json;
}

export interface Step {
	name: string;
	/** Who asks; the administrator when absent. */
	as?: string;
	request: Request;
	/** Repeats the request until these members of `{status, body}` have the value, or one of them. */
	until?: Record<string, Json>;
	answer: Answer;
}

export interface Scenario {
	name: string;
	title: string;
	needs?: string;
	steps: Step[];
}

const folder = path.resolve(import.meta.dirname, '..', '..', '..', 'recorded', 'scenarios');

/** Headers that nearly every recorded answer has, and that are therefore not written there. */
const usual = {
	'content-type': 'application/vnd.api+json; charset=utf-8',
	'keygen-version': '1.8',
	'keygen-bearer': '<users:admin>',
	'keygen-token': '<tokens:admin>',
};

export function scenarioNames(): string[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.map((file) => path.basename(file, '.json'))
		.sort();
}

/** A recorded scenario, with what its file leaves out put back. */
export function readScenario(name: string): Scenario {
	const text = readFileSync(path.join(folder, `${name}.json`), 'utf8');
	const scenario = JSON.parse(text) as Scenario;
	const seen: Seen = new Map();
	return {
		...scenario,
		steps: scenario.steps.map((step) => ({ ...step, answer: whole(step, seen) })),
	};
}

/** Resources by step, type, and ID. */
type Seen = Map<string, JsonObject>;

function whole({ name, answer }: Step, seen: Seen): Answer {
	const headers: Record<string, Json> = { ...usual, ...answer.headers };
	for (const [header, value] of Object.entries(headers)) if (value === null) delete headers[header];
	const body = answer.body === undefined ? undefined : restored(answer.body, name, seen);
	return { status: answer.status, headers, ...(body !== undefined && { body }) };
}

/** Puts the resource, or the part of one, in the place of `sameAs`. */
function restored(node: Json, step: string, seen: Seen): Json {
	if (Array.isArray(node)) return node.map((entry) => restored(entry, step, seen));
	if (!isObject(node)) return node;
	const { type, id, sameAs } = node;
	const earlier = (at: Json) => asObject(seen.get(`${at} ${type} ${id}`) ?? {});
	if (sameAs !== undefined && type !== undefined && id !== undefined) return earlier(sameAs);
	let full = node;
	if (typeof type === 'string' && typeof id === 'string' && node.attributes !== undefined) {
		full = { ...node };
		for (const part of ['relationships', 'links']) {
			const at = isObject(node[part]) ? node[part].sameAs : undefined;
			if (at !== undefined) full[part] = earlier(at)[part];
		}
		seen.set(`${step} ${type} ${id}`, full);
	}
	return Object.fromEntries(
		Object.entries(full).map(([key, value]) => [key, restored(value, step, seen)]),
	);
}
