/** Time as the sandbox sees it: a source in milliseconds, shifted or held still by tests. */
export class Clock {
	private source: () => number;
	private offset = 0;
	private frozen: number | undefined;

	constructor(source: () => number = Date.now) {
		this.source = source;
	}

	now(): number {
		return this.frozen ?? this.source() + this.offset;
	}

	advance(milliseconds: number): void {
		if (this.frozen === undefined) this.offset += milliseconds;
		else this.frozen += milliseconds;
	}

	set(milliseconds: number): void {
		this.advance(milliseconds - this.now());
	}

	/** Stops time, or lets it run on from where it stood. */
	freeze(still = true): void {
		const now = this.now();
		this.frozen = still ? now : undefined;
		if (!still) this.offset = now - this.source();
	}
}

/** ISO 8601 with milliseconds, as the API writes times; null stays null. */
export function iso(milliseconds: number | null | undefined): string | null {
	return milliseconds === null || milliseconds === undefined
		? null
		: new Date(milliseconds).toISOString();
}
