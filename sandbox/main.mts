// Starts stand-ins by name, or all of them, prints one line of JSON and runs until it is stopped.
//
// A folder here that has a serve.mts can be started: it exports `serve(port)`, and `port`, the one
// that it has unless told otherwise.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { portOrAnother } from './ports.mts';
import type { Served } from './served.mts';

interface Servable {
	port: number;
	serve(port: number): Promise<Served>;
}

const fileOf = (name: string) => path.join(import.meta.dirname, name, 'serve.mts');
const names = readdirSync(import.meta.dirname).filter((name) => existsSync(fileOf(name)));

async function start(name: string, port: number | undefined): Promise<Served> {
	const service = (await import(pathToFileURL(fileOf(name)).href)) as Servable;
	return service.serve(port ?? (await portOrAnother(service.port)));
}

function wanted(): { chosen: string[]; port: number | undefined } {
	const { values, positionals } = parseArgs({
		options: { port: { type: 'string' } },
		allowPositionals: true,
	});
	const unknown = positionals.filter((name) => !names.includes(name));
	if (unknown.length > 0)
		throw new Error(
			`There is no stand-in named ${unknown.join(', ')}. There are: ${names.join(', ')}`,
		);
	const { port } = values;
	if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536))
		throw new Error(`--port must be a number from 0 to 65535, not '${port}'`);
	const chosen = positionals.length > 0 ? positionals : names;
	if (chosen.length > 1 && port !== undefined && port !== '0')
		throw new Error('--port is for one stand-in: name the one to start, or use --port 0');
	return { chosen, port: port === undefined ? undefined : Number(port) };
}

try {
	const { chosen, port } = wanted();
	const started = await Promise.all(chosen.map((name) => start(name, port)));
	const all = Object.fromEntries(chosen.map((name, index) => [name, started[index].facts]));
	const stop = async () => {
		await Promise.all(started.map((service) => service.close()));
		process.exit();
	};
	for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
	console.log(JSON.stringify(chosen.length === 1 ? started[0].facts : all));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
