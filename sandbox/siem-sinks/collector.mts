import { listen, type Listener } from './listen.mts';

export interface CollectorSink extends Listener {
	lines: string[];
	busyFor(requests: number): void;
}

/** A log collector that takes lines by HTTP, each ended by a line feed (as Vector's http_server). */
export async function startCollector(authorization: string): Promise<CollectorSink> {
	const lines: string[] = [];
	let busy = 0;
	const listener = await listen(({ method, url, headers, body }) => {
		if (method !== 'POST' || url.pathname !== '/keeper') return { status: 404 };
		if (headers.authorization !== authorization) return { status: 401 };
		if (!headers['content-type']?.startsWith('text/plain')) return { status: 415 };
		if (busy > 0) {
			busy--;
			return { status: 503 };
		}
		const text = body.toString('utf8');
		if (!text.endsWith('\n')) return { status: 400, json: { error: 'The last line has no end' } };
		lines.push(...text.slice(0, -1).split('\n'));
		return { status: 200 };
	});
	return { ...listener, lines, busyFor: (requests) => void (busy = requests) };
}
