import type { PageFault } from './event-pages.mts';
import { Random } from './random.mts';

/** What can go wrong before a page is even looked for. */
export type TransportFault =
	| 'error-500'
	| 'html-502'
	| 'throttled-429'
	| 'throttled-403'
	| 'timeout'
	| 'slow'
	| 'reset';

export type FaultKind = TransportFault | PageFault;

export const FAULT_KINDS: readonly FaultKind[] = [
	'error-500',
	'html-502',
	'throttled-429',
	'throttled-403',
	'timeout',
	'slow',
	'reset',
	'expired-token',
	'repeated-token',
	'more-without-token',
	'empty-page',
];

export interface Fault {
	kind: FaultKind;
	/** How many requests it strikes; once, unless a rate is given. */
	times?: number;
	/** The share of requests it strikes, 0 to 1, instead of the very next ones. */
	rate?: number;
	/** Only requests without (first) or with (later) a continuation token. */
	on?: 'first' | 'later';
	/** For throttling: how long to wait, in seconds. */
	seconds?: number;
	/** For slow answers: how long they take, in milliseconds. */
	delay?: number;
}

/** The faults still to come. */
export class FaultPlan {
	private faults: Fault[] = [];
	private readonly random: Random;

	constructor(seed = 1) {
		this.random = new Random(seed);
	}

	add(faults: Fault[]): void {
		this.faults.push(...faults.map((fault) => ({ ...fault })));
	}

	clear(): void {
		this.faults = [];
	}

	list(): Fault[] {
		return this.faults.map((fault) => ({ ...fault }));
	}

	/** The fault that strikes a request, if any; it is used up. */
	strike(hasToken: boolean): Fault | undefined {
		const fault = this.faults.find((candidate) => this.fits(candidate, hasToken));
		if (!fault) return undefined;
		if (fault.times !== undefined) fault.times--;
		const spent = fault.times === undefined ? fault.rate === undefined : fault.times <= 0;
		if (spent) this.faults.splice(this.faults.indexOf(fault), 1);
		return fault;
	}

	private fits({ kind, on, rate }: Fault, hasToken: boolean): boolean {
		if (on !== undefined && (on === 'later') !== hasToken) return false;
		// Only a token can expire or be repeated.
		if (!hasToken && (kind === 'expired-token' || kind === 'repeated-token')) return false;
		return rate === undefined || this.random.next() < rate;
	}
}
