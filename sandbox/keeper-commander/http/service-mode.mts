import type { IncomingMessage, ServerResponse } from 'node:http';

import type { SandboxClock } from '../clock.mts';
import type { QueuedRequest, RequestQueue } from '../queue/request-queue.mts';
import type { LineResult } from '../commands/run-line.mts';
import { encrypt } from './encryption.mts';
import type { FaultKind, FaultPlan } from './faults.mts';
import type { RateLimit } from './rate-limit.mts';
import { json, NOT_FOUND, page, refusal, send, WRONG_METHOD, type Reply } from './reply.mts';

export interface ApiKey {
	key: string;
	/** Command words that it may run. */
	commands: string[];
	/** Epoch milliseconds. */
	expires?: number;
}

/** What Service Mode was created with, and what it runs on. */
export interface ServiceMode {
	keys: ApiKey[];
	/** Off: only the older API exists. */
	queueOn: boolean;
	encryptionKey?: string;
	/** Addresses that are let in; all if not given. */
	allowed?: string[];
	limit: RateLimit;
	queue: RequestQueue;
	faults: FaultPlan;
	clock: SandboxClock;
	run: (line: string) => LineResult;
	/** What the service writes into its log: command lines included. */
	log: string[];
	/** Every request, by method and path. */
	requests: string[];
}

type Handler = (
	service: ServiceMode,
	call: { request: IncomingMessage; body: Buffer; id: string; key: string },
) => Promise<Reply | FaultKind> | Reply | FaultKind;

interface Endpoint {
	method: 'GET' | 'POST';
	path: RegExp;
	name: string;
	needsQueue: boolean;
	handle: Handler;
}

const MAX_LENGTH = 4096;

const ENDPOINTS: Endpoint[] = [
	{
		method: 'POST',
		path: /^\/api\/v1\/executecommand$/,
		name: 'execute',
		needsQueue: false,
		handle: execute,
	},
	{
		method: 'POST',
		path: /^\/api\/v2\/executecommand-async$/,
		name: 'submit',
		needsQueue: true,
		handle: submit,
	},
	{
		method: 'GET',
		path: /^\/api\/v2\/status\/([^/]+)$/,
		name: 'status',
		needsQueue: true,
		handle: status,
	},
	{
		method: 'GET',
		path: /^\/api\/v2\/result\/([^/]+)$/,
		name: 'result',
		needsQueue: true,
		handle: result,
	},
	{
		method: 'GET',
		path: /^\/api\/v2\/queue\/status$/,
		name: 'queue',
		needsQueue: true,
		handle: queueStatus,
	},
];

/** Responds as Service Mode does, unless a fault strikes. */
export async function answer(
	service: ServiceMode,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { pathname } = new URL(request.url ?? '/', 'http://commander');
	service.requests.push(`${request.method} ${pathname}`);
	const body = await bodyOf(request);
	const reply = await replyTo(service, request, pathname, body);
	if (typeof reply !== 'string') return send(response, reply);
	switch (reply) {
		case 'reset-before':
		case 'reset-after':
			return void request.socket.resetAndDestroy();
		case 'silence':
			return;
		case 'strange-answer':
			return send(response, json(200, { hello: 'world' }));
		case 'html-502':
			return send(response, page(502, 'Bad Gateway', 'nginx'));
		case 'html-503':
			return send(response, page(503, 'Service Unavailable', 'nginx'));
		case 'queue-full':
			return send(response, QUEUE_FULL);
		case 'redirect':
			return send(response, {
				...page(302, 'Found', ''),
				headers: { location: 'http://127.0.0.1:9/' },
			});
	}
}

const QUEUE_FULL = refusal(503, 'Error: Request queue is full. Please try again later.');

async function replyTo(
	service: ServiceMode,
	request: IncomingMessage,
	pathname: string,
	body: Buffer,
): Promise<Reply | FaultKind> {
	if (pathname === '/health') return json(200, { status: 'ok' });
	const known = ENDPOINTS.filter(
		({ path, needsQueue }) => path.test(pathname) && (service.queueOn || !needsQueue),
	);
	const endpoint = known.find(({ method }) => method === request.method);
	if (!endpoint) return known.length > 0 ? WRONG_METHOD : NOT_FOUND;
	const address = request.socket.remoteAddress ?? '';
	const over = service.limit.over(address, endpoint.name);
	if (over !== undefined) return page(429, 'Too Many Requests', over);
	if (service.allowed && !service.allowed.includes(address))
		return refusal(403, 'IP is not allowed to call API service');
	const given = request.headers['api-key'];
	const key = service.keys.find((candidate) => candidate.key === given);
	if (!key) return refusal(401, 'Please provide a valid api key');
	if (key.expires !== undefined && key.expires < service.clock.now())
		return refusal(401, 'API key has expired');
	const id = endpoint.path.exec(pathname)?.[1] ?? '';
	return await endpoint.handle(service, { request, body, id, key: key.key });
}

/** The command of a request, or why there is none. */
function commandOf(
	service: ServiceMode,
	request: IncomingMessage,
	body: Buffer,
	key: string,
): string | Reply {
	if (!(request.headers['content-type'] ?? '').startsWith('application/json'))
		return refusal(400, 'Content-Type must be application/json');
	let given: unknown;
	try {
		given = JSON.parse(body.toString('utf8'));
	} catch {
		return refusal(
			500,
			'Unexpected error: 400 Bad Request: The browser (or proxy) sent a request that this server could not understand.',
		);
	}
	if (typeof given !== 'object' || given === null || Object.keys(given).length === 0)
		return refusal(400, 'Invalid or empty JSON');
	const { command } = given as { command?: unknown };
	if (command === undefined || command === null)
		return refusal(400, 'Missing required field "command"');
	if (typeof command !== 'string') return refusal(400, 'Command must be a string');
	if (command.length > MAX_LENGTH) return refusal(400, 'Command length exceeded');
	const [word = ''] = command.split(' ');
	const allowed = service.keys.find((candidate) => candidate.key === key)?.commands ?? [];
	if (!allowed.includes(word)) return refusal(403, 'Not permitted to perform this function');
	if (/[\r\n\0]/.test(command)) return refusal(400, 'control characters are not allowed');
	service.log.push(`INFO Request body: ${body.toString('utf8')}`);
	return command;
}

async function execute(
	service: ServiceMode,
	{ request, body, key }: Parameters<Handler>[1],
): Promise<Reply | FaultKind> {
	const command = commandOf(service, request, body, key);
	if (typeof command !== 'string') return command;
	const reply = resultReply(service, service.run(command));
	return { ...reply, headers: { 'x-api-legacy': 'true' } };
}

function submit(
	service: ServiceMode,
	{ request, body, key }: Parameters<Handler>[1],
): Reply | FaultKind {
	const fault = service.faults.strike('submit', body.toString('utf8'));
	if (fault && !['reset-after', 'silence', 'strange-answer'].includes(fault)) return fault;
	const command = commandOf(service, request, body, key);
	if (typeof command !== 'string') return command;
	const queued = service.queue.submit(command, key);
	if (!queued) return QUEUE_FULL;
	return (
		fault ??
		json(202, {
			success: true,
			request_id: queued.id,
			status: 'queued',
			message:
				'Request queued successfully. Use /api/v2/status/<request_id> to check progress, /api/v2/result/<request_id> to get results.',
		})
	);
}

function status(service: ServiceMode, { id, key }: Parameters<Handler>[1]): Reply {
	const found = service.queue.find(id, key);
	if (!found) return UNKNOWN;
	const { state, line, result: outcome } = found;
	return json(200, {
		success: true,
		request_id: id,
		command: escaped(line),
		status: state,
		created_at: local(found.createdAt),
		started_at: local(found.startedAt),
		completed_at: local(found.completedAt),
		result: service.encryptionKey && outcome ? { encrypted: true, type: 'bytes' } : outcome?.body,
		status_code: outcome?.code,
		error_message: null,
		temp_files: [],
	});
}

const UNKNOWN = refusal(404, 'Error: Request not found');

function result(service: ServiceMode, { id, key }: Parameters<Handler>[1]): Reply | FaultKind {
	const found = service.queue.find(id, key);
	const fault = service.faults.strike('result', found?.line ?? '');
	if (fault) return fault;
	if (!found) return UNKNOWN;
	return pendingReply(found) ?? resultReply(service, found.result as LineResult);
}

function pendingReply({ state }: QueuedRequest): Reply | undefined {
	if (state === 'completed') return undefined;
	if (state === 'expired') return refusal(504, 'Error: Request expired');
	return json(202, { status: state, error: 'Error: Request not completed yet' });
}

function resultReply({ encryptionKey }: ServiceMode, { code, body, isResult }: LineResult): Reply {
	if (encryptionKey === undefined || !isResult) return json(code, body);
	return {
		code,
		body: encrypt(JSON.stringify(body), encryptionKey),
		type: 'text/html; charset=utf-8',
	};
}

function queueStatus(service: ServiceMode, { key }: Parameters<Handler>[1]): Reply | FaultKind {
	const fault = service.faults.strike('queue', '');
	if (fault) return fault;
	const own = service.queue.of(key);
	const processing = own.find(({ state }) => state === 'processing');
	return json(200, {
		success: true,
		queue_size: service.queue.size,
		active_requests: own.filter(({ state }) => state === 'queued' || state === 'processing').length,
		completed_requests: own.filter(({ state }) => state === 'completed').length,
		currently_processing: processing?.id ?? null,
		worker_running: service.queue.running,
	});
}

const escaped = (line: string): string =>
	line
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#x27;');

/** Times are local to the host and carry no zone. */
const local = (moment: number | undefined): string | null =>
	moment === undefined ? null : new Date(moment).toISOString().slice(0, -1);

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
