import type { BodyStream } from './body-stream';

/**
 * Statuses whose answers n8n's request helper is to throw rather than to return: only what it throws
 * tells on which connection an answer came. n8n 1.x ignores the list and returns them all.
 */
export const THROWN_STATUSES: readonly number[] = Array.from({ length: 200 }, (_, n) => 400 + n);

/** An answer in the form in which n8n's request helper returns it. */
export interface ThrownAnswer {
	statusCode: number;
	headers: Record<string, string>;
	body: BodyStream;
	/**
	 * Whether an answer to a request by TLS came without TLS. Then a proxy refused to open the tunnel
	 * (CONNECT), and n8n's agent hands its answer on as if it were the service's; the request itself
	 * was never sent.
	 */
	isFromProxy: boolean;
}

/** The answer in what n8n's request helper threw, or undefined where there is none. */
export function thrownAnswer(error: unknown): ThrownAnswer | undefined {
	const { response } = (error ?? {}) as { response?: Thrown };
	if (typeof response?.status !== 'number' || typeof response.data?.on !== 'function')
		return undefined;
	const { protocol, socket } = response.request ?? {};
	return {
		statusCode: response.status,
		headers: { ...response.headers },
		body: response.data,
		isFromProxy: protocol === 'https:' && socket?.encrypted === undefined,
	};
}

interface Thrown {
	status: number;
	headers: Record<string, string>;
	data: BodyStream;
	/** Node's own ClientRequest. */
	request?: { protocol?: string; socket?: { encrypted?: boolean } };
}
