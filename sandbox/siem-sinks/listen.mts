import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a sink was asked. */
export interface SinkRequest {
	method: string;
	url: URL;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

export interface SinkAnswer {
	status: number;
	/** Sent as JSON; absent for an empty body. */
	json?: unknown;
	headers?: Record<string, string>;
}

export interface Listener {
	url: string;
	close(): void;
}

/** Listens on a free port of 127.0.0.1. */
export async function listen(
	answer: (request: SinkRequest) => SinkAnswer | Promise<SinkAnswer>,
): Promise<Listener> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		const respond = async () => {
			const { status, json, headers } = await answer({
				method: request.method ?? '',
				url: new URL(request.url ?? '', 'http://sink'),
				headers: request.headers,
				body: Buffer.concat(chunks),
			});
			const type = json === undefined ? {} : { 'content-type': 'application/json' };
			response
				.writeHead(status, { ...type, ...headers })
				.end(json === undefined ? undefined : JSON.stringify(json));
		};
		request.on('end', () => void respond());
	});
	await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => void server.close(),
	};
}
