// How much memory Get Many takes, and that it is the output's: `node bench/keeper-events-memory.mts`
// (Node 24).
//
// The service runs in one process and each measurement in another. `live` is what is still in use
// right after garbage collection, sampled all through the run; `held` is what the finished run
// holds, which is the output. What is held on top of the output while reading is the difference.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { startKeeperEventsSandbox } from '../sandbox/keeper-events/server.mts';

const TOKEN = 'bench';
const COUNTS = [25_000, 50_000, 100_000];
const RUNS = [
	{ name: 'items, raw', parameters: { output: 'events', outputFormat: 'raw' } },
	{ name: 'items, ECS', parameters: { output: 'events', outputFormat: 'ecs' } },
	{
		name: 'one file, ECS',
		parameters: { output: 'file', outputFormat: 'ecs', binaryPropertyName: 'data', fileName: 'f' },
	},
];

type Node = typeof import('../nodes/KeeperAdminEvents/KeeperAdminEvents.node');
type Engine = typeof import('../test/contract/engine.mts');

interface Measurement {
	events: number;
	output: number;
	before: number;
	live: number;
	held: number;
	seconds: number;
}

const [role, ...rest] = process.argv.slice(2);
if (role === 'service') await serve(Number(rest[0]));
else if (role === 'measure') await measure(String(rest[0]), Number(rest[1]));
else await compare();

async function compare(): Promise<void> {
	const columns = [
		'output',
		'events',
		'of JSON',
		'held at the end',
		'live at most',
		'on top',
		'seconds',
	];
	console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`);
	for (const count of COUNTS) {
		const service = start(['service', String(count)]);
		const url = await firstLine(service);
		for (const [run, { name }] of RUNS.entries()) {
			const { events, output, before, live, held, seconds } = JSON.parse(
				await firstLine(start(['measure', url, String(run)], ['--expose-gc'])),
			) as Measurement;
			const cells = [
				name,
				events,
				mb(output),
				mb(held - before),
				mb(live - before),
				mb(live - held),
				seconds.toFixed(1),
			];
			console.log(`| ${cells.join(' | ')} |`);
		}
		service.kill();
	}
}

function start(args: string[], flags: string[] = []) {
	return spawn(process.execPath, [...flags, fileURLToPath(import.meta.url), ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, N8N_LOG_LEVEL: 'silent' },
	});
}

async function firstLine({ stdout }: ReturnType<typeof start>): Promise<string> {
	const [line] = (await once(createInterface(stdout), 'line')) as [string];
	return line;
}

async function serve(count: number): Promise<void> {
	const { url } = await startKeeperEventsSandbox({
		tokens: [TOKEN],
		history: { count, days: 1 },
		latest: 0,
	});
	console.log(url);
}

async function measure(baseUrl: string, run: number): Promise<void> {
	// Loaded as CommonJS: the ES modules of n8n-workflow do not load in Node.
	const modules = '../scripts/typescript-modules.mjs';
	const { load } = (await import(modules)) as { load: (file: string) => unknown };
	const { KeeperAdminEvents } = load('nodes/KeeperAdminEvents/KeeperAdminEvents.node.ts') as Node;
	const { runNode } = load('test/contract/engine.mts') as Engine;
	const read = async (parameters: object) =>
		await runNode({
			type: new KeeperAdminEvents(),
			parameters: {
				resource: 'event',
				operation: 'getAll',
				timeRange: 'last7Days',
				filters: {},
				options: {},
				...RUNS[run].parameters,
				...parameters,
			},
			items: [{ json: {} }],
			credentials: { keeperAdminApi: { apiToken: TOKEN, region: 'custom', baseUrl } },
		});
	// What is loaded and compiled at the first run belongs to no run.
	await read({ returnAll: false, limit: 100 });
	const before = inUse();
	let live = 0;
	let over = false;
	const sampling = (async () => {
		for (; !over; await sleep(50)) live = Math.max(live, inUse());
	})();
	const started = performance.now();
	const { outputs, error } = await read({ returnAll: true });
	const seconds = (performance.now() - started) / 1000;
	over = true;
	await sampling;
	if (error) throw new Error(error.message);
	inUse();
	// Buffers are given back a moment after they are found to be garbage.
	await sleep(500);
	const held = inUse();
	const [{ json, binary }] = outputs[0];
	const events = binary ? Number(json.count) : outputs[0].length;
	const output = binary
		? Buffer.byteLength(binary.data.data, 'base64')
		: outputs[0].reduce((sum, item) => sum + JSON.stringify(item.json).length, 0);
	const result: Measurement = { events, output, before, live: Math.max(live, held), held, seconds };
	console.log(JSON.stringify(result));
	process.exit();
}

/** Bytes in use right now. */
function inUse(): number {
	(globalThis as { gc?: () => void }).gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function mb(bytes: number): string {
	return `${(bytes / 1e6).toFixed(0)} MB`;
}
