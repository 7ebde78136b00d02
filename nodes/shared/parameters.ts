import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Gives a parameter's value for an item. Throws what n8n's evaluator throws. */
export type ParameterReader = (itemIndex: number) => unknown;

/**
 * Reads a node parameter as cheaply as its stored form allows.
 *
 * A stored value that is no expression is the same for all items and read once. A plain reference
 * into the item, such as `{{ $json.email }}`, which is what dragging a field produces, is read from
 * the item. Everything else goes to n8n's evaluator, item by item, which costs far more than the
 * rest of an item's work.
 */
export function parameterReader(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	name: string,
): ParameterReader {
	const stored = context.getNode().parameters[name];
	const evaluate = (itemIndex: number): unknown => context.getNodeParameter(name, itemIndex, '');
	if (typeof stored !== 'string') {
		if (stored !== undefined && JSON.stringify(stored).includes('"=')) return evaluate;
		return constant(() => evaluate(0));
	}
	if (!stored.startsWith('=')) return () => stored;
	const path = plainReference(stored);
	if (path === undefined) return evaluate;
	return (itemIndex) => {
		const value = ownValue(items[itemIndex].json, path);
		return isPlain(value) ? value : evaluate(itemIndex);
	};
}

function constant(read: () => unknown): ParameterReader {
	let known: { value: unknown } | undefined;
	return () => (known ??= { value: read() }).value;
}

const STEP = String.raw`\.[A-Za-z_$][\w$]*|\[(?:'[^'\\\]]*'|"[^"\\\]]*"|\d{1,9})\]`;
const REFERENCE = new RegExp(String.raw`^=\{\{\s*\$json((?:${STEP})+)\s*\}\}$`);
const STEPS = new RegExp(STEP, 'g');
/** Names that n8n's evaluator refuses or treats in its own way. Those starting with _ are left to it too. */
const RESERVED = new Set(
	'prototype constructor getPrototypeOf setPrototypeOf getOwnPropertyDescriptor getOwnPropertyDescriptors defineProperty defineProperties mainModule binding prepareStackTrace caller callee arguments getBuiltinModule dlopen execve loadEnvFile'.split(
		' ',
	),
);

/**
 * The path of an expression that only names a field of the item: `={{ $json.a["b c"][0] }}` gives
 * `['a', 'b c', '0']`. Anything else gives undefined.
 */
export function plainReference(expression: string): string[] | undefined {
	const steps = REFERENCE.exec(expression)?.[1].match(STEPS);
	const path = steps?.map((step) =>
		step.startsWith('.') ? step.slice(1) : step.slice(1, -1).replace(/^(['"])(.*)\1$/s, '$2'),
	);
	return path?.some((step) => step.startsWith('_') || RESERVED.has(step)) ? undefined : path;
}

/** The value at a path of own properties, or undefined where the path ends early. */
export function ownValue(json: unknown, path: string[]): unknown {
	let value = json;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}

/** Values that the evaluator is known to hand through untouched. */
export function isPlain(value: unknown): boolean {
	return (
		typeof value === 'string' ||
		typeof value === 'boolean' ||
		(typeof value === 'number' && Number.isFinite(value))
	);
}
