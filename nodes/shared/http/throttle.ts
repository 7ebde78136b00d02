import { jsonObject } from '../json';

/** The parts of a response that say "not now". */
interface ThrottleSigns {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

const DEFAULT_KEEPER_WAIT_S = 60;
const SHORTEST_WAIT_MS = 100;

/**
 * How long a throttling service asks the client to wait.
 *
 * 429 is read with `Retry-After` (seconds or an HTTP date, RFC 9110 10.2.3). Keeper's own platform
 * throttles with 403 and `{"error":"throttled","message":"… 30 seconds"}` (Keeper's Commander).
 *
 * @param earlierWaits how often this request was throttled before; the guess grows with it
 * @param now epoch milliseconds
 * @returns milliseconds, or undefined where the response does not throttle
 */
export function throttleDelay(
	answer: ThrottleSigns,
	earlierWaits: number,
	now = Date.now(),
): number | undefined {
	if (answer.status === 429) {
		return (
			retryAfter(answer.headers['retry-after'], now) ?? Math.min(1000 * 2 ** earlierWaits, 30_000)
		);
	}
	if (answer.status === 403 && answer.body.includes('throttled')) return keeperWait(answer.body);
	return undefined;
}

function retryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Math.max(Number(value) * 1000, SHORTEST_WAIT_MS);
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(date - now, SHORTEST_WAIT_MS);
}

function keeperWait(body: Buffer): number | undefined {
	const answer = jsonObject(body);
	if (answer?.error !== 'throttled') return undefined;
	const [, amount, unit] = /(\d{1,6})\s*(second|minute)/i.exec(String(answer.message)) ?? [];
	if (amount === undefined) return DEFAULT_KEEPER_WAIT_S * 1000;
	return Math.max(
		Number(amount) * (unit.toLowerCase() === 'minute' ? 60_000 : 1000),
		SHORTEST_WAIT_MS,
	);
}
