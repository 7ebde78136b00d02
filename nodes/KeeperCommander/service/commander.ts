import { sleep } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import type { HttpAnswer, HttpDoor } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';
import { LONGEST_LINE } from '../command-line/command-line';
import { commandOf } from '../command-line/template';
import { connectionFailure, lost, refusal, tooLong, type CommandFailure } from './command-failure';
import type { Connection } from './connection';
import { replyOf, type Reply } from './reply';

/** A command to run. */
export interface Order {
	line: string;
	/** Whether it may change something. If so, it is never sent twice. */
	changes: boolean;
	/** How long to wait for it to finish. */
	timeoutMs: number;
	/** The JSON content of the file that the word FILEDATA stands for. */
	fileData?: string;
	/** Sent without renewing Commander's copy of the organization first. */
	asIs?: true;
}

export type Ran = Result<Reply, CommandFailure>;

/** Pauses before each poll for a result, in milliseconds; the last one repeats. */
const PAUSES = [100, 400, 1000, 2000, 4000, 5000];
/** Pauses while the service's queue is full. */
const PAUSES_WHEN_FULL = [1000, 2000, 4000, 8000];
/** For a single HTTP response; results may take longer. */
const ANSWER_MS = 60_000;

/** Commands that work on Commander's own copy of the organization, which may be out of date. */
const ON_THE_COPY = new Set([
	'action-report',
	'compliance',
	'enterprise-info',
	'enterprise-node',
	'enterprise-role',
	'enterprise-team',
	'enterprise-user',
	'security-audit-report',
	'transfer-user',
]);
const RELOAD = 'enterprise-down -f';

/**
 * Commander's Service Mode for one run of a node: commands go through its queue, one at a time.
 *
 * - A command that changes something is sent once. It is sent again only if the service
 *   rejected it (429, queue full), or if it never arrived.
 * - The copy of the organization is renewed before the first command that works on it.
 */
export class Commander {
	private readonly connection: Connection;
	private readonly door: HttpDoor;
	/** Commands that the operation needs, for error messages. */
	private readonly needs: string[];
	private readonly cancelled?: AbortSignal;
	private isFresh = false;

	constructor(
		connection: Connection,
		door: HttpDoor,
		needs: Iterable<string>,
		cancelled?: AbortSignal,
	) {
		this.connection = connection;
		this.door = door;
		this.needs = withReload(needs);
		this.cancelled = cancelled;
	}

	/** Runs a command and waits until it finishes. */
	async run(order: Order): Promise<Ran> {
		if (!this.isFresh && !order.asIs && ON_THE_COPY.has(commandOf(order.line))) {
			const reloaded = await this.send({ ...order, line: RELOAD, changes: false });
			// The command itself was not sent.
			if (!reloaded.ok) return fail({ ...reloaded.failure, ran: 'no' });
			this.isFresh = true;
		}
		return await this.send(order);
	}

	/** Renews Commander's copy of the organization before the next command that works on it. */
	renew(): void {
		this.isFresh = false;
	}

	private async send(order: Order): Promise<Ran> {
		if (order.line.length > LONGEST_LINE) return fail(tooLong(order.line));
		const taken = await this.submit(order);
		return taken.ok ? await this.result(taken.value, order.timeoutMs) : taken;
	}

	/** Submits a command and returns the request's ID. */
	private async submit({
		line,
		changes,
		fileData,
	}: Order): Promise<Result<string, CommandFailure>> {
		const { url, apiKey, skipTlsVerify } = this.connection;
		for (let tries = 0; ; tries++) {
			const answer = await this.door.request({
				method: 'POST',
				url: `${url}/api/v2/executecommand-async`,
				headers: { 'api-key': apiKey, 'Content-Type': 'application/json' },
				body: Buffer.from(
					JSON.stringify({
						command: line,
						...(fileData === undefined ? {} : { filedata: JSON.parse(fileData) as unknown }),
					}),
				),
				repeatable: !changes,
				skipTlsVerify,
				limits: { timeoutMs: ANSWER_MS },
			});
			if (answer.kind === 'failure') return fail(connectionFailure(answer));
			const id = jsonObject(answer.body)?.request_id;
			if (answer.status === 202 && typeof id === 'string') return ok(id);
			if (isQueueFull(answer) && tries < PAUSES_WHEN_FULL.length) {
				await this.pause(PAUSES_WHEN_FULL[tries]);
				if (!this.cancelled?.aborted) continue;
			}
			return fail(
				isRefused(answer)
					? refusal(answer, commandOf(line), this.needs)
					: lost('strange', undefined, answer.status),
			);
		}
	}

	/** Waits for the result of a request. */
	private async result(id: string, timeoutMs: number): Promise<Ran> {
		const { url, apiKey, skipTlsVerify } = this.connection;
		const deadline = Date.now() + timeoutMs;
		for (let looks = 0; ; looks++) {
			await this.pause(PAUSES[Math.min(looks, PAUSES.length - 1)]);
			const answer = await this.door.request({
				method: 'GET',
				url: `${url}/api/v2/result/${encodeURIComponent(id)}`,
				headers: { 'api-key': apiKey },
				// A 500 is an ordinary result here, not a reason to poll again.
				repeatable: false,
				skipTlsVerify,
				limits: { timeoutMs: ANSWER_MS },
			});
			const isLate = Date.now() >= deadline;
			if (answer.kind === 'failure') {
				if (!isLate && isPassing(answer.cause)) continue;
				return fail({ ...connectionFailure(answer), ran: 'maybe', requestId: id });
			}
			const outcome = this.read(answer, id);
			if (outcome !== 'not yet') return outcome;
			if (isLate) return fail(lost('late', id));
		}
	}

	/** Reads a poll's response. */
	private read(answer: HttpAnswer, id: string): Ran | 'not yet' {
		const { status, body } = answer;
		if (status === 202) return 'not yet';
		const own = jsonObject(body);
		if (status === 404) return fail(lost('forgotten', id, status));
		if (status === 504 && own) return fail(lost('expired', id, status));
		// A proxy in front of the service, which may recover.
		if ([502, 503, 504].includes(status) && !own) return 'not yet';
		if (status === 401 || status === 429 || (status >= 300 && status < 400))
			return fail({ ...refusal(answer, 'result', []), ran: 'maybe', requestId: id });
		const reply = replyOf(status, body, this.connection.encryptionKey);
		return reply ? ok(reply) : fail(lost('unreadable', id, status));
	}

	/** Sleeps in slices, so that a stopped workflow does not wait for a long pause. */
	private async pause(milliseconds: number): Promise<void> {
		const until = Date.now() + milliseconds;
		for (let left = milliseconds; left > 0; left = until - Date.now()) {
			if (this.cancelled?.aborted) return;
			await sleep(Math.min(left, 500));
		}
	}
}

/** Adds the command that renews Commander's copy, if one of the commands works on it. */
export function withReload(commands: Iterable<string>): string[] {
	const all = new Set(commands);
	if ([...all].some((command) => ON_THE_COPY.has(command))) all.add(commandOf(RELOAD));
	return [...all].sort();
}

function isQueueFull({ status, body }: HttpAnswer): boolean {
	return status === 503 && /queue is full/i.test(String(jsonObject(body)?.error));
}

/** Whether the response proves that the command was rejected. */
function isRefused(answer: HttpAnswer): boolean {
	const { status } = answer;
	return (status >= 300 && status < 500) || isQueueFull(answer);
}

function isPassing(cause: string): boolean {
	return cause === 'unreachable' || cause === 'reset' || cause === 'timeout';
}
