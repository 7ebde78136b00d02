import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { generate } from 'selfsigned';

/** A request on its way through: name and value alternate in `headers`, as they came. */
export interface Passing {
	path: string;
	headers: string[];
}

/** A request and what became of it. */
export interface Exchange {
	target: string;
	body: Buffer;
	/** Milliseconds since 1970. */
	from: number;
	to: number;
	/** Undefined where the target gave no answer. */
	status?: number;
}

export interface TlsProxy {
	port: number;
	/** PEM of the authority that the proxy's certificate is by. */
	ca: string;
	/** Where requests go, such as `http://127.0.0.1:5678`. */
	target: string;
	/** What the proxy makes of a request before it hands it on. */
	rewrite: (passing: Passing) => Passing;
	/**
	 * What gets lost of the exchange with the target while this is set: its answer, or the connection
	 * once the request is sent. That connection lasts a little longer each time, so that a target of
	 * any speed loses one after it has read the request. The sender is told 504.
	 */
	losing?: 'answer' | 'connection';
	/** Connections to the target that were cut so far. */
	cut: number;
	/** Bodies of requests that the target had taken when the connection broke, before it had answered. */
	brokenOff: Buffer[];
	/** Every request that was handed on and has ended, in the order of its end. */
	exchanges: Exchange[];
	/** Refuses connections from now on, and ends those there are. */
	refuse(): Promise<void>;
	/** Takes connections again, on the same port. */
	accept(): Promise<void>;
	close(): Promise<void>;
}

const CUT_STEP_MS = 5;

/** Host names for tests: nobody else's, and public in Keygen's eyes. */
export const HOST = 'n8n.example.com';
export const OTHER_HOST = 'hooks.example.net';

/** An authority of its own, and a certificate by it for the hosts. */
async function certificates(hosts: string[]): Promise<{ ca: string; cert: string; key: string }> {
	const day = 86_400_000;
	const valid = {
		keyType: 'ec' as const,
		algorithm: 'sha256',
		notBeforeDate: new Date(Date.now() - day),
		notAfterDate: new Date(Date.now() + 7 * day),
	};
	const authority = await generate([{ name: 'commonName', value: 'Authority for tests' }], {
		...valid,
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
		],
	});
	const server = await generate([{ name: 'commonName', value: hosts[0] }], {
		...valid,
		ca: { key: authority.private, cert: authority.cert },
		extensions: [
			{ name: 'basicConstraints', cA: false },
			{
				name: 'subjectAltName',
				altNames: hosts.map((value) => ({ type: 2, value })),
			},
		],
	});
	return { ca: authority.cert, cert: server.cert, key: server.private };
}

/** Starts a proxy that ends TLS for the host names, as stands before most installations of n8n. */
export async function startTlsProxy(target: string): Promise<TlsProxy> {
	const { ca, cert, key } = await certificates([HOST, OTHER_HOST]);
	const server = createServer({ cert, key }, (request, response) => {
		hand(request, response, proxy);
	});
	const listen = async (port: number) =>
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, '127.0.0.1', () => {
				server.off('error', reject);
				resolve();
			});
		});
	const stop = async () => {
		const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
		server.closeAllConnections();
		await stopped;
	};
	await listen(0);
	const { port } = server.address() as AddressInfo;
	const proxy: TlsProxy = {
		port,
		ca,
		target,
		rewrite: (passing) => passing,
		brokenOff: [],
		cut: 0,
		exchanges: [],
		async refuse() {
			if (server.listening) await stop();
		},
		async accept() {
			if (!server.listening) await listen(port);
		},
		close: async () => await proxy.refuse(),
	};
	return proxy;
}

/** Hands a request on. Where nobody takes it, or the answer breaks off, the sender's connection breaks too. */
function hand(request: IncomingMessage, response: ServerResponse, proxy: TlsProxy): void {
	const { target, rewrite, brokenOff, losing } = proxy;
	const { path, headers } = rewrite({ path: request.url ?? '/', headers: request.rawHeaders });
	const { hostname, port } = new URL(target);
	const body: Buffer[] = [];
	const from = Date.now();
	let taken = false;
	let status: number | undefined;
	const timeOut = () => response.headersSent || response.writeHead(504).end();
	const onward = httpRequest(
		{ hostname, port, path, method: request.method, headers, agent: false },
		(answer) => {
			status = answer.statusCode;
			if (losing) {
				answer.resume();
				timeOut();
				return;
			}
			response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
			answer.on('error', () => request.socket.destroy());
			answer.pipe(response);
		},
	);
	onward.on('socket', (socket) => socket.once('connect', () => (taken = true)));
	onward.on('error', () => (losing ? timeOut() : request.socket.destroy()));
	if (losing === 'connection')
		onward.on('finish', () => {
			setTimeout(() => onward.destroy(new Error('lost')), CUT_STEP_MS * proxy.cut);
			proxy.cut += 1;
		});
	response.on('close', () => {
		proxy.exchanges.push({ target, body: Buffer.concat(body), from, to: Date.now(), status });
		if (response.writableFinished) return;
		if (taken) brokenOff.push(Buffer.concat(body));
		onward.destroy();
	});
	request.on('data', (chunk: Buffer) => body.push(chunk));
	request.pipe(onward);
}
