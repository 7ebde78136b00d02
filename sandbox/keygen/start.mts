import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { makeToken } from './access/tokens.mts';
import type { Row } from './call/row.mts';
import { allRows } from './routes/all-rows.mts';
import type { Seed } from './seeding/needs.mts';
import { emitSample } from './seeding/sample.mts';
import type { Emission } from './seeding/sample.mts';
import { seed } from './seeding/seed.mts';
import { addControlRoutes, changeClock } from './server/control.mts';
import { Faults } from './server/faults.mts';
import type { FaultRule } from './server/faults.mts';
import { RequestLog } from './server/requests.mts';
import { serving } from './server/serve.mts';
import type { Serve } from './server/serve.mts';
import { startStorage } from './server/storage.mts';
import type { StorageHost } from './server/storage.mts';
import type { KeygenSandboxOptions } from './state/options.mts';
import { publicKeysOf } from './state/signing.mts';
import type { Item } from './state/store.mts';
import { World } from './state/world.mts';
import { Deliveries } from './webhooks/deliveries.mts';

export type { KeygenSandboxOptions } from './state/options.mts';

/** Longest path segment: signed license keys are keys in paths. */
const LONGEST_SEGMENT = 65_536;

/** A running sandbox and what tests in the same process steer it with. */
export interface KeygenSandbox {
	/** Origin, e.g. `http://127.0.0.1:4000`. */
	url: string;
	/** Where the resources are: `{url}/v1/accounts/{id}`, or `{url}/v1` in singleplayer mode. */
	baseUrl: string;
	port: number;
	accountId: string;
	/** A token of the administrator, and the administrator's id. */
	adminToken: string;
	adminId: string;
	/** Public keys: ed25519 as hex, the others as PEM. */
	publicKeys(): { ed25519: string; rsa2048: string; ecdsa: string };
	world: World;
	storage: StorageHost;
	requests: RequestLog;
	/** Adds resources without asking the rules; returns them. */
	seed(wanted: Seed): Item[];
	/** A new token value for a user, product, license or environment. */
	tokenFor(bearer: Item, facts?: Record<string, unknown>): string;
	fault(rule: FaultRule): void;
	clearFaults(): void;
	/** Moves the clock (seconds forward, or to an ISO date); what falls due happens. */
	clock(change: { advance?: number; set?: string; freeze?: boolean }): string;
	emit(emission: Emission): Item[];
	/** Resolves when no webhook waits, runs or has a retry ahead. */
	webhooksIdle(): Promise<void>;
	close(): Promise<void>;
}

/** Starts the stand-in for the Keygen API on 127.0.0.1 and its storage host on a port of its own. */
export async function startKeygenSandbox(
	options: KeygenSandboxOptions = {},
): Promise<KeygenSandbox> {
	const world = new World(options);
	const storage = await startStorage(world, options.storagePort);
	world.storageUrl = storage.url;
	const deliveries = new Deliveries(world);
	world.deliveries = deliveries;
	const faults = new Faults();
	const log = new RequestLog(options.remember ?? 5_000);
	const app = fastify({
		bodyLimit: 2 ** 24,
		forceCloseConnections: true,
		routerOptions: {
			maxParamLength: LONGEST_SEGMENT,
			ignoreTrailingSlash: true,
			ignoreDuplicateSlashes: true,
		},
	});
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
	addControlRoutes(app, { world, faults, log, storage, deliveries });

	const serve = serving(world, faults, log);
	for (const row of allRows) addRow(app, row, serve(row));
	app.setNotFoundHandler(serve(undefined));
	app.setErrorHandler(refusing(log));

	await app.listen({ port: options.port ?? 0, host: '127.0.0.1' });
	const { port } = app.server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	const account = options.account ?? {};
	const attributes = {
		email: account.adminEmail ?? 'admin@example.com',
		password: account.adminPassword ?? 'correct horse',
		role: 'admin',
	};
	const [admin] = seed(world, { type: 'users', attributes });
	const tokenFor = (bearer: Item, facts?: Record<string, unknown>) =>
		makeToken(world, bearer, facts, bearer.environment).facts.raw as string;

	return {
		url,
		baseUrl: world.edition.multiplayer ? `${url}/v1/accounts/${world.account.id}` : `${url}/v1`,
		port,
		accountId: world.account.id,
		adminToken: tokenFor(admin),
		adminId: admin.id,
		publicKeys: () => publicKeysOf(world.keys),
		world,
		storage,
		requests: log,
		seed: (wanted) => seed(world, wanted),
		tokenFor,
		fault: (rule) => faults.add(rule),
		clearFaults: () => faults.clear(),
		clock: (change) => changeClock(world, change),
		emit: (emission) => emitSample(world, emission),
		webhooksIdle: () => deliveries.idle(),
		async close() {
			deliveries.close();
			await app.close();
			await storage.close();
		},
	};
}

/** Routes of a row: under the account, without it, or as they stand. */
function addRow(app: FastifyInstance, row: Row, handler: Serve): void {
	const [methods, path] = row.route.split(' ');
	const route = path.replace(/\{(\w+)\}/g, ':$1');
	const urls = path.startsWith('/v1')
		? [route]
		: path.startsWith('/-')
			? [route, route.replace('/-/', '/-/accounts/:account/')]
			: [`/v1/accounts/:account${route}`, `/v1${route}`];
	for (const url of urls)
		for (const shape of shapesOf(url))
			app.route({ method: methods.split('|'), url: shape, handler });
}

/** A route as it stands, with a format at its end, or with slashes in the name of an artifact. */
function shapesOf(url: string): string[] {
	if (/\/artifacts\/:id$/.test(url)) return [url, url.replace(/:id$/, '*')];
	return /\/:\w+$/.test(url) ? [url] : [url, `${url}.:format`];
}

/** What the web framework refuses by itself, in the words of the service; or why the sandbox broke. */
const refusing =
	(log: RequestLog) =>
	(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
		const known: Record<string, [number, string, string]> = {
			FST_ERR_CTP_INVALID_MEDIA_TYPE: [400, 'Bad request', 'MIME_TYPE_INVALID'],
			FST_ERR_CTP_BODY_TOO_LARGE: [413, 'Payload too large', 'PAYLOAD_TOO_LARGE'],
		};
		const [status, title, code] = known[error.code] ?? [
			500,
			'Internal server error',
			'SANDBOX_BROKEN',
		];
		const { id, method, url, headers } = request;
		const isBroken = status === 500;
		const detail = isBroken ? `${method} ${url}: ${error.stack ?? error.message}` : error.message;
		const at = new Date().toISOString();
		const errors = [`${code} ${detail}`];
		if (isBroken)
			log.add({
				id,
				at,
				method,
				url,
				headers: { ...headers },
				body: null,
				status,
				errors,
				faults: [],
			});
		return reply
			.code(status)
			.type('application/vnd.api+json; charset=utf-8')
			.send(JSON.stringify({ meta: { id: request.id }, errors: [{ title, detail, code }] }));
	};
