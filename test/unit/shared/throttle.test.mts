import { throttleDelay } from '../../../nodes/shared/http/throttle';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}) => ({
	status,
	headers,
	body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

describe('throttling', () => {
	it.each([
		['seconds', '7', 7000],
		['an HTTP date', 'Sun, 22 Nov 2026 12:00:30 GMT', 30_000],
		['a date in the past', 'Sun, 22 Nov 2026 11:00:00 GMT', 100],
		['zero seconds', '0', 100],
	])('429 is put off for as long as Retry-After says in %s', (_, header, delay) => {
		expect(throttleDelay(answer(429, '', { 'retry-after': header }), 0, NOW)).toBe(delay);
	});

	it('429 without a usable Retry-After is put off for longer each time, up to 30 seconds', () => {
		const delays = [0, 1, 2, 3, 10].map((waits) =>
			throttleDelay(answer(429, '', { 'retry-after': 'soon' }), waits, NOW),
		);
		expect(delays).toEqual([1000, 2000, 4000, 8000, 30_000]);
	});

	it.each([
		['Please wait 30 seconds', 30_000],
		['try again in 2 minutes', 120_000],
		['too many requests', 60_000],
	])('403 "throttled" is put off as its message says: %s', (message, delay) => {
		expect(throttleDelay(answer(403, { error: 'throttled', message }), 0, NOW)).toBe(delay);
	});

	it.each([
		['a 403 of another kind', answer(403, { error: 'forbidden', message: 'throttled 3 seconds' })],
		['a 403 that is a page', answer(403, '<html>throttled</html>')],
		['a 503', answer(503, '', { 'retry-after': '1' })],
		['a 200', answer(200, { error: 'throttled' })],
	])('%s is none', (_, other) => expect(throttleDelay(other, 0, NOW)).toBeUndefined());
});
