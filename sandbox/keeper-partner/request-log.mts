import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { emailOf } from './create-license.mts';
import type { FaultKind } from './faults.mts';

/** A request as it came in, and what became of it. */
export type RequestEntry = {
	/** 1 for the first request. */
	number: number;
	/** ISO 8601, UTC. */
	receivedAt: string;
	method: string;
	path: string;
	/** The query as on the wire, without `?`; null when the target has no `?`. */
	rawQuery: string | null;
	headers: IncomingHttpHeaders;
	/** Same number, same TCP connection. */
	socket: number;
	/** E-mail as a lenient reader sees it. */
	email?: string;
	/** Status sent; absent as long as none is, so for good when the answer was withheld. */
	status?: number;
	/** Why the request was refused, in words that the service does not send. */
	refusal?: string;
	fault?: FaultKind;
};

/** A fault that was applied. With the ledger it tells the truth about every student. */
export type AppliedFault = {
	/** Number of the request in the log. */
	request: number;
	email?: string;
	kind: FaultKind;
	/** Whether a license was created. */
	committed: boolean;
	orderNumber?: string;
};

export type Traffic = {
	requests: number;
	/** TCP connections that carried at least one request. */
	sockets: number;
	peakSocketsOpen: number;
	peakRequestsInFlight: number;
};

export type RequestLog = {
	entries(): readonly RequestEntry[];
	faults(): readonly AppliedFault[];
	traffic(): Traffic;
	receive(request: IncomingMessage, response: ServerResponse): RequestEntry;
	applied(fault: AppliedFault): void;
	/** Resolves once `count` requests have come in since the last reset. */
	whenReceived(count: number): Promise<void>;
	clear(): void;
};

export function createRequestLog(): RequestLog {
	let entries: RequestEntry[] = [];
	let faults: AppliedFault[] = [];
	let waiting: Array<{ count: number; resolve: () => void }> = [];
	let numbers = new WeakMap<Socket, number>();
	const open = new Set<Socket>();
	let inFlight = 0;
	let sockets = 0;
	let peakSocketsOpen = 0;
	let peakRequestsInFlight = 0;

	const numberOf = (socket: Socket): number => {
		if (!open.has(socket)) {
			open.add(socket);
			socket.once('close', () => open.delete(socket));
		}
		peakSocketsOpen = Math.max(peakSocketsOpen, open.size);
		const known = numbers.get(socket);
		if (known !== undefined) return known;
		sockets += 1;
		numbers.set(socket, sockets);
		return sockets;
	};

	return {
		entries: () => entries,
		faults: () => faults,
		traffic: () => ({ requests: entries.length, sockets, peakSocketsOpen, peakRequestsInFlight }),
		receive(request, response) {
			inFlight += 1;
			peakRequestsInFlight = Math.max(peakRequestsInFlight, inFlight);
			response.once('close', () => (inFlight -= 1));

			const { path, rawQuery } = splitTarget(request.url ?? '');
			const email = emailOf(rawQuery ?? '');
			const entry: RequestEntry = {
				number: entries.length + 1,
				receivedAt: new Date().toISOString(),
				method: request.method ?? '',
				path,
				rawQuery,
				headers: request.headers,
				socket: numberOf(request.socket),
				...(email !== undefined && { email }),
			};
			response.once('finish', () => (entry.status = response.statusCode));
			entries.push(entry);
			for (const waiter of waiting) if (waiter.count <= entries.length) waiter.resolve();
			waiting = waiting.filter((waiter) => waiter.count > entries.length);
			return entry;
		},
		applied: (fault) => void faults.push(fault),
		whenReceived(count) {
			if (entries.length >= count) return Promise.resolve();
			return new Promise((resolve) => waiting.push({ count, resolve }));
		},
		clear() {
			entries = [];
			faults = [];
			numbers = new WeakMap();
			sockets = 0;
			peakSocketsOpen = 0;
			peakRequestsInFlight = inFlight;
		},
	};
}

function splitTarget(target: string): { path: string; rawQuery: string | null } {
	const mark = target.indexOf('?');
	return mark < 0
		? { path: target, rawQuery: null }
		: { path: target.slice(0, mark), rawQuery: target.slice(mark + 1) };
}
