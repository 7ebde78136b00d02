/** A repeatable source of chance: the same seed gives the same sequence. */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0 || 1;
	}

	/** At least 0, below 1. Xorshift32 (Marsaglia, 2003) with a multiplying finish. */
	next(): number {
		let x = this.state;
		x ^= x << 13;
		x ^= x >>> 17;
		x ^= x << 5;
		this.state = x >>> 0;
		return (Math.imul(this.state, 0x9e3779b1) >>> 0) / 4294967296;
	}

	/** A whole number of 0 to below `bound`. */
	below(bound: number): number {
		return Math.floor(this.next() * bound);
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	shuffle<T>(list: readonly T[]): T[] {
		const shuffled = [...list];
		for (let i = shuffled.length - 1; i > 0; i--) {
			const j = this.below(i + 1);
			[shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
		}
		return shuffled;
	}

	/** A made-up identifier of so many characters. */
	identifier(length: number): string {
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
		return Array.from({ length }, () => letters[this.below(64)]).join('');
	}
}
