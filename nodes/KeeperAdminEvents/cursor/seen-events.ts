import { KEY_LENGTH } from '../event/event-key';

/** Keys of remembered events run together, by the minute (since 1970) they are kept for. */
export type SeenRecord = Record<string, string>;

const MINUTE = 60_000;

/**
 * A multiset of event keys, each filed under a minute so that old ones can be forgotten.
 * Stored as one string of fixed-length keys per minute: 12 bytes an event, and so few strings
 * that n8n's observed static data stays cheap.
 */
export class SeenEvents {
	private readonly entries = new Map<string, { times: number; minute: number }>();

	constructor(stored: SeenRecord = {}) {
		this.absorb(stored);
	}

	/** How many events of this key are remembered. */
	count(key: string): number {
		return this.entries.get(key)?.times ?? 0;
	}

	/** Remembers one more event of this key. time: milliseconds since 1970. */
	add(key: string, time: number): void {
		const entry = this.entries.get(key);
		if (entry) entry.times++;
		else this.entries.set(key, { times: 1, minute: Math.floor(time / MINUTE) });
	}

	/** Keeps a remembered key at least as long as one of the given time. */
	prolong(key: string, time: number): void {
		const entry = this.entries.get(key);
		if (entry) entry.minute = Math.max(entry.minute, Math.floor(time / MINUTE));
	}

	/** Makes the multiset hold at least what a stored one holds. */
	absorb(stored: SeenRecord): void {
		for (const [minute, keys] of Object.entries(stored)) {
			const times = new Map<string, number>();
			for (let at = 0; at + KEY_LENGTH <= keys.length; at += KEY_LENGTH) {
				const key = keys.slice(at, at + KEY_LENGTH);
				times.set(key, (times.get(key) ?? 0) + 1);
			}
			for (const [key, held] of times) {
				while (this.count(key) < held) this.add(key, Number(minute) * MINUTE);
				this.prolong(key, Number(minute) * MINUTE);
			}
		}
	}

	/** What is to be stored: all but the minutes that were over by the given time. */
	since(time: number): SeenRecord {
		const minutes = new Map<number, string[]>();
		for (const [key, { times, minute }] of this.entries) {
			if ((minute + 1) * MINUTE <= time) continue;
			let keys = minutes.get(minute);
			if (!keys) minutes.set(minute, (keys = []));
			for (let n = 0; n < times; n++) keys.push(key);
		}
		const record: SeenRecord = {};
		for (const [minute, keys] of minutes) record[String(minute)] = keys.join('');
		return record;
	}
}
