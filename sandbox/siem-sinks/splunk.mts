import { hecProblems } from './hec-envelope.mts';
import { listen, type Listener, type SinkAnswer, type SinkRequest } from './listen.mts';

export type HecEnvelope = Record<string, unknown>;

export interface SplunkSink extends Listener {
	envelopes: HecEnvelope[];
	/** How many envelopes each request held. */
	sizes: number[];
	/** Answers so many requests that the server is busy. */
	busyFor(requests: number): void;
	/** Refuses events that this holds for, as Splunk does those with a blank event. */
	refuse(wrong: (envelope: HecEnvelope) => boolean): void;
}

/** Splunk's HTTP Event Collector, by its published answers. */
export async function startSplunk(token: string): Promise<SplunkSink> {
	const envelopes: HecEnvelope[] = [];
	const sizes: number[] = [];
	let busy = 0;
	let wrong: (envelope: HecEnvelope) => boolean = () => false;
	const said = (status: number, text: string, code: number, more = {}): SinkAnswer => ({
		status,
		json: { text, code, ...more },
	});
	const answer = ({ method, url, headers, body }: SinkRequest): SinkAnswer => {
		if (!/^\/services\/collector(\/event(\/1\.0)?)?$/.test(url.pathname)) return { status: 404 };
		if (method !== 'POST') return { status: 405 };
		if (headers.authorization === undefined) return said(401, 'Token is required', 2);
		if (!headers.authorization.startsWith('Splunk ')) return said(401, 'Invalid authorization', 3);
		if (headers.authorization !== `Splunk ${token}`) return said(403, 'Invalid token', 4);
		if (busy > 0) {
			busy--;
			return said(503, 'Server is busy', 9);
		}
		const lines = body.toString('utf8').split('\n').filter(Boolean);
		if (lines.length === 0) return said(400, 'No data', 5);
		sizes.push(lines.length);
		for (const [index, line] of lines.entries()) {
			const at = { 'invalid-event-number': index };
			let envelope: HecEnvelope;
			try {
				envelope = JSON.parse(line) as HecEnvelope;
			} catch {
				return said(400, 'Invalid data format', 6, at);
			}
			if (hecProblems(envelope).length > 0) return said(400, 'Invalid data format', 6, at);
			if (wrong(envelope)) return said(400, 'Event field cannot be blank', 13, at);
			// Those before a wrong one are taken.
			envelopes.push(envelope);
		}
		return said(200, 'Success', 0);
	};
	return {
		...(await listen(answer)),
		envelopes,
		sizes,
		busyFor: (requests) => void (busy = requests),
		refuse: (test) => void (wrong = test),
	};
}
