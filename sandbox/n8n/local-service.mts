import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
	/** Path and query. */
	url: string;
	authorization: string;
	body: string;
}

/**
 * Starts an HTTP service on 127.0.0.1 that keeps what it receives.
 *
 * @param answer status and JSON body; nothing with 204 when left out
 */
export async function startLocalService(
	answer: (request: Received) => { status: number; body?: unknown } = () => ({ status: 204 }),
): Promise<{ url: string; received: Received[]; close(): Promise<void> }> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		void serve(request, response);
	});
	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { url = '', headers } = request;
		const { authorization = '' } = headers;
		const taken = { url, authorization, body: await text(request) };
		received.push(taken);
		const { status, body } = answer(taken);
		response.writeHead(status, { 'content-type': 'application/vnd.api+json' });
		response.end(body === undefined ? undefined : JSON.stringify(body));
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
