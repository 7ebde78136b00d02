import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';

import { answerProvisioning } from './endpoint.mts';
import type { Endpoint } from './endpoint.mts';
import { chooseFaults } from './faults.mts';
import type { FaultPlan } from './faults.mts';
import { openLedger } from './ledger.mts';
import type { LedgerRow } from './ledger.mts';
import { renderLedgerPage } from './ledger-page.mts';
import { createRequestLog } from './request-log.mts';
import type { AppliedFault, RequestEntry } from './request-log.mts';
import { statsOf } from './stats.mts';
import type { Stats } from './stats.mts';

export type KeeperPartnerSandboxOptions = {
	/** 0 or absent: any free port. */
	port?: number;
	partnerName: string;
	partnerSecret: string;
	/** Keeps the ledger on disk, one JSON object a line; a second start reads it back. */
	ledgerFile?: string;
	/** Domains refused for student accounts (400). */
	primaryDomains?: string[];
	/** Parameters to accept beyond the documented ones. */
	extraParameters?: string[];
	/** Default: the documented `keepersecurity.com/vault/#`, without scheme. */
	vaultUrl?: string;
	faults?: FaultPlan;
};

export type KeeperPartnerSandbox = {
	/** Base URL without trailing slash. */
	url: string;
	port: number;
	ledger(): readonly LedgerRow[];
	requests(): readonly RequestEntry[];
	appliedFaults(): readonly AppliedFault[];
	stats(): Stats;
	/** Replaces the fault plan and restarts its counting. Throws an Error that names a mistake in it. */
	setFaults(plan: FaultPlan): void;
	/** Resolves once `count` provisioning requests have come in since the last reset. */
	whenReceived(count: number): Promise<void>;
	/** Empties ledger (and its file), log and counters, and removes all faults. */
	reset(): void;
	/** Ends every connection and refuses new ones. */
	close(): Promise<void>;
	/** Listens again on the same port, with ledger, log and faults as they were. */
	reopen(): Promise<void>;
};

/**
 * Starts a local stand-in for Keeper's partner provisioning service on 127.0.0.1.
 * Under `/sandbox/` and at `/` it has a control API and a page of its own; all else is the service.
 */
export async function startKeeperPartnerSandbox(
	options: KeeperPartnerSandboxOptions,
): Promise<KeeperPartnerSandbox> {
	const ledger = openLedger(options.ledgerFile);
	const log = createRequestLog();
	let faults = chooseFaults(options.faults ?? {});

	const endpoint: Endpoint = {
		rules: {
			partnerName: options.partnerName,
			partnerSecret: options.partnerSecret,
			primaryDomains: options.primaryDomains ?? [],
			extraParameters: options.extraParameters ?? [],
		},
		vaultUrl: options.vaultUrl ?? 'keepersecurity.com/vault/#',
		ledger,
		log,
		faults: () => faults,
	};

	const controls = {
		ledger: () => ledger.rows(),
		requests: () => log.entries(),
		appliedFaults: () => log.faults(),
		stats: () => statsOf(ledger, log),
		setFaults: (plan: FaultPlan) => void (faults = chooseFaults(plan)),
		whenReceived: (count: number) => log.whenReceived(count),
		reset: () => {
			ledger.clear();
			log.clear();
			faults = chooseFaults({});
		},
	};

	let app = await listen(endpoint, controls, () => faults.plan, options.port ?? 0);
	const { port } = app.server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		port,
		...controls,
		close: () => app.close(),
		reopen: async () => {
			app = await listen(endpoint, controls, () => faults.plan, port);
		},
	};
}

type Controls = Pick<
	KeeperPartnerSandbox,
	'ledger' | 'requests' | 'appliedFaults' | 'stats' | 'setFaults' | 'reset'
>;

async function listen(
	endpoint: Endpoint,
	controls: Controls,
	plan: () => FaultPlan,
	port: number,
): Promise<FastifyInstance> {
	const app = fastify({
		forceCloseConnections: true,
		// The service's own path stays outside the framework: it must see requests as they came in.
		serverFactory: (ownRoutes) =>
			createServer((request, response) => {
				if (isOwn(request)) ownRoutes(request, response);
				else answerOrFail(endpoint, request, response);
			}),
	});

	app.get('/', async (_, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.send(renderLedgerPage(controls.ledger(), controls.stats())),
	);
	app.get('/sandbox/ledger', async () => ({ rows: controls.ledger() }));
	app.get('/sandbox/requests', async () => ({ requests: controls.requests() }));
	app.get('/sandbox/stats', async () => controls.stats());
	app.get('/sandbox/faults', async () => ({ plan: plan(), applied: controls.appliedFaults() }));
	app.post('/sandbox/faults', async (request, reply) => {
		try {
			controls.setFaults((request.body ?? {}) as FaultPlan);
		} catch (error) {
			return reply.code(400).send({ message: (error as Error).message });
		}
		return { plan: plan() };
	});
	app.post('/sandbox/reset', async () => {
		controls.reset();
		return { plan: plan() };
	});

	await app.listen({ port, host: '127.0.0.1' });
	return app;
}

function isOwn({ url = '' }: IncomingMessage): boolean {
	return url === '/' || url === '/favicon.ico' || url.startsWith('/sandbox/');
}

function answerOrFail(
	endpoint: Endpoint,
	request: IncomingMessage,
	response: ServerResponse,
): void {
	answerProvisioning(endpoint, request, response).catch((error: unknown) => {
		if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
		response.end(`The sandbox itself failed: ${String(error)}`);
	});
}
