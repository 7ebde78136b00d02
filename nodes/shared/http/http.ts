import type { IDataObject, IExecuteFunctions, IHttpRequestMethods } from 'n8n-workflow';

import { asIs } from '../node-error';
import { pause } from '../time/pause';
import { connectionFault, type ConnectionFault } from './connection-fault';
import { Deadlines } from './deadlines';
import { readBody } from './body-stream';
import { thrownAnswer, THROWN_STATUSES, type ThrownAnswer } from './thrown-answer';
import { throttleDelay } from './throttle';

/** A request as the pure code describes it. Values in `url` are already percent-encoded. */
interface HttpRequest {
	method: IHttpRequestMethods;
	url: string;
	headers?: Record<string, string>;
	body?: IDataObject | string | Buffer;
	/** Whether the service may receive it twice without harm. Decides what is sent again. */
	repeatable: boolean;
	/** Takes certificates that cannot be verified, for servers with one of their own. */
	skipTlsVerify?: boolean;
	/** Where this request needs others than the door's. */
	limits?: Partial<HttpLimits>;
	/**
	 * Waits for the answer even when the run is cancelled meanwhile: a call that cannot be taken back
	 * had better be known than broken off.
	 */
	waitsWhenCancelled?: boolean;
	/** Tells the answer of a proxy that opened no connection apart from the service's. Costs some time. */
	tellsProxyApart?: boolean;
}

/** Whatever the service said, whether good or bad. */
export interface HttpAnswer {
	kind: 'answer';
	status: number;
	headers: Record<string, string>;
	body: Buffer;
	/** The same request was sent before, and may have arrived then. */
	mayBeSecond?: true;
}

/** No complete answer. `received` tells whether the service may have acted on the request. */
export interface HttpFailure extends ConnectionFault {
	kind: 'failure';
}

export type HttpResult = HttpAnswer | HttpFailure;

export interface HttpLimits {
	/** From the start of a request to the last byte of its answer, in milliseconds; up to 100 more. */
	timeoutMs: number;
	/** An answer longer than this many bytes is given up. */
	maxBytes: number;
}

const MAX_TRIES_WHEN_UNREACHABLE = 4;
const MAX_WAITS_WHEN_THROTTLED = 20;
/** A service that asks for more patience than this gets its answer reported instead. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** 520 to 524 are Cloudflare's, for a server that it cannot reach. */
const REPEATABLE_STATUS = new Set([408, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

type RequestHelper = IExecuteFunctions['helpers']['httpRequest'];

/**
 * The only HTTP client. One instance per run.
 *
 * - Nothing is thrown: an answer of any status and every kind of failure come back as values.
 * - Redirects are not followed; the redirecting answer is handed back.
 * - A request that surely did not arrive is sent again with growing pauses, until one has given up:
 *   a batch must not wait for a dead service item by item.
 * - A request that may have arrived is sent again only if it is `repeatable`.
 * - 429, and Keeper's 403 "throttled", mean "not processed": the door waits as long as it is told
 *   and sends again. One throttled request holds back all others of the run.
 */
export class HttpDoor {
	private readonly send: RequestHelper;
	private readonly limits: HttpLimits;
	private readonly cancelled?: AbortSignal;
	private readonly deadlines: Deadlines;
	/** Epoch milliseconds before which nothing is sent. */
	private openAt = 0;
	/** Whether a request gave up because the service could not be reached. Then others try once. */
	private down = false;

	constructor(send: RequestHelper, limits: HttpLimits, cancelled?: AbortSignal) {
		this.send = send;
		this.limits = limits;
		this.cancelled = cancelled;
		this.deadlines = new Deadlines(cancelled);
	}

	async request(request: HttpRequest): Promise<HttpResult> {
		let unreachable = 0;
		let throttled = 0;
		let mayBeSecond = false;
		for (;;) {
			await this.waitUntilOpen();
			if (this.cancelled?.aborted) return { kind: 'failure', received: 'no', cause: 'cancelled' };
			const result = await this.sendOnce(request);
			if (result.kind === 'answer') {
				if (mayBeSecond) result.mayBeSecond = true;
				this.down = false;
				const delay = throttleDelay(result, throttled);
				if (
					delay !== undefined &&
					delay <= LONGEST_WAIT_MS &&
					throttled < MAX_WAITS_WHEN_THROTTLED
				) {
					throttled += 1;
					this.openAt = Math.max(this.openAt, Date.now() + delay);
					continue;
				}
				if (!request.repeatable || !REPEATABLE_STATUS.has(result.status)) return result;
			} else if (!this.mayRepeat(request, result)) {
				return result;
			}
			unreachable += 1;
			if (this.down || unreachable >= MAX_TRIES_WHEN_UNREACHABLE) {
				this.down = result.kind === 'failure' && result.received === 'no';
				return result;
			}
			mayBeSecond ||= result.kind === 'answer' || result.received === 'maybe';
			await pause(250 * 2 ** unreachable, this.cancelled);
		}
	}

	private mayRepeat(request: HttpRequest, failure: HttpFailure): boolean {
		if (failure.cause === 'cancelled') return false;
		if (failure.received === 'maybe') return request.repeatable && failure.cause !== 'too-large';
		// A proxy that asks for a password would count the repeats as attempts to guess it.
		return failure.cause === 'unreachable' && failure.code !== 'PROXY_407';
	}

	private async sendOnce(request: HttpRequest): Promise<HttpResult> {
		const { timeoutMs, maxBytes } = { ...this.limits, ...request.limits };
		const { over, signal } = this.deadlines.after(timeoutMs);
		const abortSignal = request.waitsWhenCancelled ? over : signal;
		try {
			const response = await this.answerTo(request, timeoutMs, abortSignal);
			if (response.isFromProxy) {
				response.body.destroy();
				const code = `PROXY_${response.statusCode}`;
				return { kind: 'failure', received: 'no', cause: 'unreachable', code };
			}
			const body = await readBody(response.body, maxBytes);
			if (body === undefined) return { kind: 'failure', received: 'maybe', cause: 'too-large' };
			return { kind: 'answer', status: response.statusCode, headers: response.headers, body };
		} catch (error) {
			if (over.aborted) return { kind: 'failure', received: 'maybe', cause: 'timeout' };
			if (abortSignal.aborted) return { kind: 'failure', received: 'maybe', cause: 'cancelled' };
			return { kind: 'failure', ...connectionFault(error) };
		}
	}

	private async answerTo(
		request: HttpRequest,
		timeout: number,
		abortSignal: AbortSignal,
	): Promise<ThrownAnswer> {
		try {
			return await this.send({
				method: request.method,
				url: request.url,
				headers: request.headers,
				body: request.body,
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: request.tellsProxyApart
					? { ignore: true, except: [...THROWN_STATUSES] }
					: true,
				disableFollowRedirect: true,
				timeout,
				abortSignal,
				...(request.skipTlsVerify ? { skipSslCertificateValidation: true } : {}),
			});
		} catch (error) {
			const answer = thrownAnswer(error);
			if (answer) return answer;
			throw asIs(error);
		}
	}

	private async waitUntilOpen(): Promise<void> {
		for (let left = this.openAt - Date.now(); left > 0; left = this.openAt - Date.now()) {
			if (this.cancelled?.aborted) return;
			await pause(left, this.cancelled);
		}
	}
}
