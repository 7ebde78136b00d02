import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way; headers as a flat list of names and values, so that one can be there twice. */
export interface PassingAnswer {
	status: number;
	headers: string[];
	body: Buffer;
}

export interface GoBetween {
	url: string;
	/** What happens to answers to paths that hold `part`. Others pass as they are. */
	change(part: string, how: (answer: PassingAnswer) => PassingAnswer): void;
	/** Lets everything pass again. */
	rest(): void;
	close(): Promise<void>;
}

/** Stands between the node and a service, as a proxy or an attacker does. */
export async function startGoBetween(serviceUrl: string): Promise<GoBetween> {
	let changed: Parameters<GoBetween['change']> | undefined;
	const server = createServer((incoming, outgoing) => {
		void hand(incoming, outgoing);
	});
	async function hand(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
		const answer = await passOn(serviceUrl, incoming);
		const { status, headers, body } =
			changed && incoming.url?.includes(changed[0]) ? changed[1](answer) : answer;
		outgoing.writeHead(status, headers);
		outgoing.end(body);
	}
	server.listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		change: (...what) => (changed = what),
		rest: () => (changed = undefined),
		close: () => new Promise((done) => server.close(() => done())),
	};
}

async function passOn(serviceUrl: string, incoming: IncomingMessage): Promise<PassingAnswer> {
	const { method, headers, url } = incoming;
	const body = await bytesOf(incoming);
	const answer = await new Promise<IncomingMessage>((done, fail) =>
		request(`${serviceUrl}${url}`, { method, headers }, done).on('error', fail).end(body),
	);
	const content = await bytesOf(answer);
	const { rawHeaders, statusCode = 500 } = answer;
	const kept = pairsOf(rawHeaders).filter(
		([name]) => !/^(connection|transfer-encoding)$/i.test(name),
	);
	return { status: statusCode, headers: kept.flat(), body: content };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks);
}

/** Names and values of a flat list of headers. */
export function pairsOf(headers: string[]): Array<[string, string]> {
	return headers.flatMap(
		(name, index): Array<[string, string]> => (index % 2 === 0 ? [[name, headers[index + 1]]] : []),
	);
}
