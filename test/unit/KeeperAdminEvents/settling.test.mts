import { settledUpTo, type ReadWindow } from '../../../nodes/KeeperAdminEvents/cursor/settled-time';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = 1_000 * HOUR;
const CLOCKS = { overlap: 15 * MINUTE, clockTolerance: 24 * HOUR, at: NOW };

const window = (from: number, to: number, rest: Partial<ReadWindow> = {}): ReadWindow => ({
	from,
	to,
	startedAt: NOW,
	finishedAt: NOW,
	...rest,
});

describe('what counts as read for good', () => {
	it('is what the service showed, up to the overlap before its own clock', () => {
		const read = [window(NOW - HOUR, NOW + HOUR, { serviceTime: NOW - 2 * MINUTE })];
		expect(settledUpTo(NOW - HOUR, read, CLOCKS)).toBe(NOW - 17 * MINUTE);
	});

	it('is all of a stretch that lies further back', () => {
		const read = [window(NOW - 9 * HOUR, NOW - 3 * HOUR, { serviceTime: NOW })];
		expect(settledUpTo(NOW - 9 * HOUR, read, CLOCKS)).toBe(NOW - 3 * HOUR);
	});

	it('ends with the first stretch that is not, however late the next was read', () => {
		const read = [
			window(NOW - HOUR, NOW - MINUTE, { serviceTime: NOW }),
			window(NOW - MINUTE, NOW + HOUR, {
				serviceTime: NOW + 20 * MINUTE,
				startedAt: NOW + 20 * MINUTE,
			}),
		];
		expect(settledUpTo(NOW - HOUR, read, CLOCKS)).toBe(NOW - 15 * MINUTE);
	});

	it('follows the newest event where the service does not tell its clock', () => {
		const read = [window(NOW - HOUR, NOW + HOUR, { newest: NOW - 30 * MINUTE })];
		expect(settledUpTo(NOW - HOUR, read, CLOCKS)).toBe(NOW - 45 * MINUTE);
	});

	it('takes an event met in a later stretch as proof for the earlier ones, less the time between', () => {
		const read = [
			window(NOW - 5 * HOUR, NOW - HOUR),
			window(NOW - HOUR, NOW + HOUR, {
				newest: NOW,
				startedAt: NOW + MINUTE,
				finishedAt: NOW + 2 * MINUTE,
			}),
		];
		// When the second stretch was begun, the service's clock was at most a minute before NOW.
		expect(settledUpTo(NOW - 5 * HOUR, read, CLOCKS)).toBe(NOW - 16 * MINUTE);
		// When the first one was, two minutes; which leaves the last minute of it unsettled.
		const near = [
			window(NOW - 5 * HOUR, NOW - 16 * MINUTE),
			{ ...(read[1] as ReadWindow), from: NOW - 16 * MINUTE },
		];
		expect(settledUpTo(NOW - 5 * HOUR, near, CLOCKS)).toBe(NOW - 17 * MINUTE);
	});

	it('never exceeds the local clock, whatever is stamped in the future', () => {
		const read = [window(NOW - HOUR, NOW + HOUR, { newest: NOW + 50 * MINUTE })];
		expect(settledUpTo(NOW - HOUR, read, CLOCKS)).toBe(NOW - 15 * MINUTE);
		const ahead = [window(NOW - HOUR, NOW + HOUR, { serviceTime: NOW + 50 * MINUTE })];
		expect(settledUpTo(NOW - HOUR, ahead, CLOCKS)).toBe(NOW - 15 * MINUTE);
	});

	it('without any proof is what even a clock as wrong as may be cannot doubt', () => {
		const read = [window(NOW - 48 * HOUR, NOW + HOUR)];
		expect(settledUpTo(NOW - 48 * HOUR, read, CLOCKS)).toBe(NOW - 24 * HOUR - 15 * MINUTE);
		expect(settledUpTo(NOW - HOUR, [window(NOW - HOUR, NOW + HOUR)], CLOCKS)).toBe(NOW - HOUR);
	});

	it('never goes back', () => {
		const read = [window(NOW, NOW + HOUR, { serviceTime: NOW - 5 * HOUR })];
		expect(settledUpTo(NOW, read, CLOCKS)).toBe(NOW);
		expect(settledUpTo(NOW, [], CLOCKS)).toBe(NOW);
	});
});
