/** The service's clock: can be set, advanced, stopped, and made to run faster or slower. */
export class SandboxClock {
	private shown: number;
	private since = Date.now();
	private rate: number;

	/** now: milliseconds since 1970; rate: how fast it runs, 0 stops it. */
	constructor(now = Date.now(), rate = 1) {
		this.shown = now;
		this.rate = rate;
	}

	now(): number {
		return Math.floor(this.shown + (Date.now() - this.since) * this.rate);
	}

	set({
		now,
		advance = 0,
		rate = this.rate,
	}: {
		now?: number;
		advance?: number;
		rate?: number;
	}): void {
		this.shown = (now ?? this.now()) + advance;
		this.since = Date.now();
		this.rate = rate;
	}
}
