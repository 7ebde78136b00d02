import type { CursorOptions } from '../../../nodes/KeeperAdminEvents/cursor/cursor-options';
import type { EventQuery, FetchedPage } from '../../../nodes/KeeperAdminEvents/reading/event-query';
import { queryParameters } from '../../../nodes/KeeperAdminEvents/reading/event-query';
import { runPoll } from '../../../nodes/KeeperAdminEvents/poll/run-poll';
import { EventLog, type LoggedEvent } from '../../../sandbox/keeper-events/event-log.mts';
import {
	EventPages,
	Refusal,
	type PageFault,
	type PageRules,
} from '../../../sandbox/keeper-events/event-pages.mts';

export type Fault = PageFault | 'error';

export interface SimulationSetup {
	rules?: Partial<PageRules>;
	limit?: number;
	options?: Partial<CursorOptions>;
	/** How far the host of n8n is ahead of the service, milliseconds. */
	hostAhead?: number;
	/** Whether answers carry the service's clock. */
	tellsTime?: boolean;
	/** How long a request takes, milliseconds. */
	latency?: number;
	seed?: number;
}

/**
 * A service in compressed time and a trigger that polls it. Only what the trigger stores lives
 * from one poll to the next, and it goes through JSON each time, as in a restarted n8n.
 */
export class Simulation {
	readonly log = new EventLog();
	readonly pages: EventPages;
	readonly emitted: Array<Record<string, unknown>> = [];
	/** The service's clock. */
	now: number;
	requests = 0;
	largestState = 0;
	/** What goes wrong with the next request. */
	fault: (request: EventQuery) => Fault | undefined = () => undefined;
	/** Called before a request is answered. */
	beforeAnswer: () => Promise<void> = async () => undefined;
	private stored = 'null';
	private readonly setup: Required<Omit<SimulationSetup, 'rules' | 'seed' | 'options'>>;
	private readonly options: Partial<CursorOptions>;

	constructor(start: number, setup: SimulationSetup = {}) {
		this.now = start;
		this.options = setup.options ?? {};
		this.setup = {
			limit: setup.limit ?? 100,
			hostAhead: setup.hostAhead ?? 0,
			tellsTime: setup.tellsTime ?? true,
			latency: setup.latency ?? 100,
		};
		this.pages = new EventPages(this.log, setup.rules, setup.seed);
	}

	happen(...events: LoggedEvent[]): void {
		this.log.add(events);
	}

	/** One poll; its events are emitted and its state stored unless both get lost. */
	async poll(fate: 'kept' | 'lost' = 'kept'): Promise<{ caughtUp: boolean; error?: unknown }> {
		const { limit } = this.setup;
		const result = await runPoll({
			stored: JSON.parse(this.stored),
			storedNow: () => JSON.parse(this.stored),
			limit,
			now: () => this.hostClock(),
			fetchPage: (query) => this.fetch(query),
			options: this.options,
		});
		if (fate === 'kept' && result.state) {
			this.emitted.push(...result.events);
			this.stored = JSON.stringify(result.state);
			this.largestState = Math.max(this.largestState, this.stored.length);
		}
		return result;
	}

	private hostClock(): number {
		return this.now + this.setup.hostAhead;
	}

	private async fetch(query: EventQuery): Promise<FetchedPage> {
		this.requests++;
		this.now += this.setup.latency;
		await this.beforeAnswer();
		const fault = this.fault(query);
		if (fault === 'error') throw new Error('The connection was lost.');
		// What the service gets is what goes on the wire.
		const wire = queryParameters(query);
		const request = {
			start: Date.parse(wire.start_date as string),
			end: Date.parse(wire.end_date as string),
			limit: Number(wire.limit),
			...(wire.continuation_token === undefined ? {} : { token: wire.continuation_token }),
		};
		const applied = fault && this.pages.applies(fault, request) ? fault : undefined;
		const serviceTime = this.setup.tellsTime ? Math.floor(this.now / 1000) * 1000 : undefined;
		try {
			return { body: this.pages.page(request, this.now, applied), serviceTime };
		} catch (error) {
			if (error instanceof Refusal && request.token !== undefined) return { tokenExpired: true };
			throw error;
		}
	}
}

/** How often each distinct content occurs. */
export function multiset(events: Iterable<Record<string, unknown>>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const event of events) {
		const text = JSON.stringify(event, Object.keys(event).sort());
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return counts;
}

/** What is in one multiset beyond the other: content and how often. */
export function surplus(
	of: Map<string, number>,
	over: Map<string, number>,
): Array<[string, number]> {
	return [...of].flatMap(([text, times]) => {
		const beyond = times - (over.get(text) ?? 0);
		return beyond > 0 ? [[text, beyond] as [string, number]] : [];
	});
}
