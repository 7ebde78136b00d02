import { Deadlines } from '../../../nodes/shared/http/deadlines';

beforeEach(
	() => void jest.useFakeTimers({ now: 1_000_000, doNotFake: ['setTimeout', 'nextTick'] }),
);
afterEach(() => void jest.useRealTimers());

it('gives requests of one moment the same signal, and later ones another', () => {
	const deadlines = new Deadlines();
	const first = deadlines.after(5_000);
	jest.setSystemTime(1_000_099);
	expect(deadlines.after(5_000).signal).toBe(first.signal);
	jest.setSystemTime(1_000_100);
	expect(deadlines.after(5_000).signal).not.toBe(first.signal);
});

it('gives requests that may take longer a signal of their own', () => {
	const deadlines = new Deadlines();
	expect(deadlines.after(5_000).signal).not.toBe(deadlines.after(6_000).signal);
});

it('shares nothing across a clock that is put back', () => {
	const deadlines = new Deadlines();
	const first = deadlines.after(5_000);
	jest.setSystemTime(999_000);
	expect(deadlines.after(5_000).signal).not.toBe(first.signal);
});

it('gives the last request of a moment its whole time too', () => {
	const timeout = jest.spyOn(AbortSignal, 'timeout');
	new Deadlines().after(5_000);
	// Made at the start of the moment, which lasts 100 ms.
	expect(timeout.mock.calls).toEqual([[5_100]]);
	timeout.mockRestore();
});

it('aborts when the time is over', async () => {
	const { signal, over } = new Deadlines().after(1);
	await new Promise((resolve) => signal.addEventListener('abort', resolve));
	expect(over.aborted).toBe(true);
});

it('aborts when the run is cancelled, which is not the end of the time', () => {
	const run = new AbortController();
	const { signal, over } = new Deadlines(run.signal).after(60_000);
	run.abort();
	expect(signal.aborted).toBe(true);
	expect(over.aborted).toBe(false);
});
