import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { SandboxClock } from './clock.mts';
import { COMMANDS } from './commands/table.mts';
import { Commander, type Ran, type TokenWatch } from './company/commander.mts';
import type { Company } from './company/company.mts';
import { sampleCompany } from './company/sample.mts';
import { FaultPlan, type Fault } from './http/faults.mts';
import { RateLimit } from './http/rate-limit.mts';
import { answer, type ApiKey, type ServiceMode } from './http/service-mode.mts';
import { RequestQueue } from './queue/request-queue.mts';
import { runLine } from './commands/run-line.mts';

export interface KeeperCommanderOptions {
	port?: number;
	company?: Company;
	apiKey?: string;
	/** Command words that the key may run; all that the stand-in knows if not given. */
	commands?: string[];
	/** Further keys. */
	keys?: ApiKey[];
	/** Whether the service was created with its queue on; so if not given. */
	queue?: boolean;
	/** Such as `60/minute`, which is what the service has unless told otherwise. */
	rateLimit?: string;
	/** 32 characters; results are in clear without. */
	encryptionKey?: string;
	allowed?: string[];
	tokens?: TokenWatch;
}

export interface KeeperCommanderSandbox {
	url: string;
	apiKey: string;
	/** What Keeper holds. Change it for what happens elsewhere. */
	company: Company;
	commander: Commander;
	clock: SandboxClock;
	service: ServiceMode;
	/** The commands that were run, with their words as the shell split them. */
	ran(): readonly Ran[];
	/** Method and path of every request. */
	requests(): readonly string[];
	fault(fault: Fault): void;
	/** Makes the next command last until the returned function is called. */
	hold(): () => void;
	/** Forgets requests and results, as a restart of the service does. */
	restart(): void;
	close(): Promise<void>;
}

/** Starts a local stand-in for Commander's Service Mode on 127.0.0.1. */
export async function startKeeperCommanderSandbox(
	options: KeeperCommanderOptions = {},
): Promise<KeeperCommanderSandbox> {
	const clock = new SandboxClock();
	const commander = new Commander(options.company ?? sampleCompany(), clock, options.tokens);
	const run = (line: string) => runLine(commander, line);
	const apiKey = options.apiKey ?? 'sB-commander-key-that-must-not-be-found-2f7a=';
	const service: ServiceMode = {
		keys: [
			{ key: apiKey, commands: options.commands ?? Object.keys(COMMANDS) },
			...(options.keys ?? []),
		],
		queueOn: options.queue ?? true,
		encryptionKey: options.encryptionKey,
		allowed: options.allowed,
		limit: new RateLimit(options.rateLimit ?? '60/minute', clock),
		queue: new RequestQueue(run, clock),
		faults: new FaultPlan(),
		clock,
		run,
		log: [],
		requests: [],
	};
	const open = new Set<Socket>();
	const server = createServer((request, response) => {
		answer(service, request, response).catch((error: unknown) => {
			if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
			response.end(`The sandbox itself failed: ${String(error)}`);
		});
	});
	server.on('connection', (socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
	});
	await new Promise<void>((resolve) => void server.listen(options.port ?? 0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		apiKey,
		company: commander.company,
		commander,
		clock,
		service,
		ran: () => commander.ran,
		requests: () => service.requests,
		fault: (fault) => service.faults.add(fault),
		hold: () => service.queue.hold(),
		restart: () => service.queue.forget(),
		close: async () => {
			// Requests that were left without an answer would keep the server open.
			for (const socket of open) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
