import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FixedAnswer {
	status: number;
	body: string;
	headers?: Record<string, string>;
	/** How many requests get an answer of the documented kind first. */
	after?: number;
}

/** A server that gives every request the same answer, as a firewall or a broken gateway does. */
export async function answering(
	answer: FixedAnswer,
): Promise<{ url: string; requests: IncomingHttpHeaders[]; close: () => Promise<void> }> {
	const requests: IncomingHttpHeaders[] = [];
	const server = createServer((request, response) => {
		requests.push(request.headers);
		if (requests.length <= (answer.after ?? 0)) {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ success: true, order_number: `1-${requests.length}` }));
			return;
		}
		response.writeHead(answer.status, { 'content-type': 'text/html', ...answer.headers });
		response.end(answer.body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
