/** A happened event: what is sent of it, when it counts as happened, and when it shows up. */
export interface LoggedEvent {
	event: Record<string, unknown>;
	/** The time that queries go by, milliseconds since 1970. */
	at: number;
	/** Before this it is not served. */
	visibleAt: number;
}

export type Bounds = '[]' | '[)' | '(]' | '()';

/** All events that ever happened, in the order of their time. */
export class EventLog {
	private entries: LoggedEvent[] = [];
	private isSorted = true;

	get size(): number {
		return this.entries.length;
	}

	add(entries: Iterable<LoggedEvent>): void {
		for (const entry of entries) {
			const last = this.entries[this.entries.length - 1];
			if (last && entry.at < last.at) this.isSorted = false;
			this.entries.push(entry);
		}
	}

	/** The events between two times that are visible at a third, sorted by time. */
	between(start: number, end: number, bounds: Bounds, now: number): LoggedEvent[] {
		if (!this.isSorted) this.entries.sort((a, b) => a.at - b.at);
		this.isSorted = true;
		const found: LoggedEvent[] = [];
		for (let i = this.indexFrom(start); i < this.entries.length; i++) {
			const entry = this.entries[i] as LoggedEvent;
			if (entry.at > end) break;
			if (entry.at === start && bounds.startsWith('(')) continue;
			if (entry.at === end && bounds.endsWith(')')) continue;
			if (entry.visibleAt <= now) found.push(entry);
		}
		return found;
	}

	private indexFrom(time: number): number {
		let low = 0;
		let high = this.entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.entries[middle] as LoggedEvent).at < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}
