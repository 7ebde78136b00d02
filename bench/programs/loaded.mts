import Module from 'node:module';

type Loader = { load: (file: string) => unknown };

// Loaded as CommonJS: the ES modules of n8n-workflow do not load in Node.
const modules = '../../scripts/typescript-modules.mjs';
const { load } = (await import(modules)) as Loader;

// A node's code goes before its codex file, which differs in the extension alone.
const { _extensions: extensions } = Module as unknown as { _extensions: Record<string, unknown> };
const { '.json': json } = extensions;
delete extensions['.json'];
extensions['.json'] = json;

/** Loads a module of the project with all that it needs. */
export const loaded = <T,>(file: string): T => load(file) as T;

/** n8n's execution engine for a single node. */
export const { runNode } =
	loaded<typeof import('../../sandbox/n8n/engine.mts')>('sandbox/n8n/engine.mts');

/** What the program was told. */
export const told = <T,>(): T => JSON.parse(process.argv[2]) as T;

/** Gives the result to whoever started the program, and ends it. */
export function tell(result: unknown): never {
	process.stdout.write(`${JSON.stringify(result)}\n`);
	process.exit();
}

/** Bytes in use right now, after garbage collection. */
export function inUse(): number {
	(globalThis as { gc?: () => void }).gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
