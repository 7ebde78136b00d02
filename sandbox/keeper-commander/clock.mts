/** The stand-in's time: the machine's, moved on at will. */
export class SandboxClock {
	private ahead = 0;

	/** Epoch milliseconds. */
	now(): number {
		return Date.now() + this.ahead;
	}

	advance(milliseconds: number): void {
		this.ahead += milliseconds;
	}
}
