import { Company, type CompanyOptions } from './company.mts';
import { EventLog, type LoggedEvent } from './event-log.mts';
import { EventPages, type PageRules } from './event-pages.mts';
import { FaultPlan } from './faults.mts';
import { SandboxClock } from './sandbox-clock.mts';

export interface ServiceRules {
	/** What the list of events is called; the documentation does not say. */
	arrayKey: string;
	/** Whether answers carry a Date header, as servers' answers normally do. */
	tellsTime: boolean;
	/** How long every answer takes at least, in milliseconds. */
	latencyMs: number;
}

export interface ServiceOptions extends Partial<ServiceRules>, CompanyOptions {
	/** Tokens with the integration SIEM. */
	tokens?: string[];
	/** Tokens with the integration BILLING. */
	billingTokens?: string[];
	pages?: Partial<PageRules>;
	/** Where the service's clock stands, milliseconds since 1970, and how fast it runs. */
	clock?: { now?: number; rate?: number };
	/** Events that have happened already, up to now. */
	history?: { count: number; days: number };
}

/** The state of the stand-in: what happened, what time it is, and what will go wrong. */
export class EventsService {
	readonly tokens: Set<string>;
	readonly billingTokens: Set<string>;
	readonly rules: ServiceRules;
	readonly clock: SandboxClock;
	readonly log = new EventLog();
	readonly pages: EventPages;
	readonly faults: FaultPlan;
	requests = 0;
	private readonly company: Company;

	constructor(options: ServiceOptions = {}) {
		const { seed = 1, arrayKey = 'events', tellsTime = true, latencyMs = 0, history } = options;
		this.tokens = new Set(options.tokens ?? ['sandbox-siem-token']);
		this.billingTokens = new Set(options.billingTokens ?? ['sandbox-billing-token']);
		this.rules = { arrayKey, tellsTime, latencyMs };
		this.clock = new SandboxClock(options.clock?.now, options.clock?.rate);
		this.company = new Company(options);
		this.pages = new EventPages(this.log, options.pages, seed);
		this.faults = new FaultPlan(seed);
		if (!history) return;
		const end = this.clock.now();
		this.generate(end - history.days * 86_400_000, end, history.count);
	}

	/** Lets realistic events happen between two times; gives what was added. */
	generate(start: number, end: number, count: number): LoggedEvent[] {
		const events = this.company.between(start, end, count);
		this.log.add(events);
		return events;
	}

	/** Lets one event happen; by default at its own timestamp and visible from then on. */
	append({
		event,
		at,
		visibleAt,
	}: {
		event: Record<string, unknown>;
		at?: number;
		visibleAt?: number;
	}): void {
		const stamped = Date.parse(String(event.timestamp));
		const time = at ?? (Number.isNaN(stamped) ? this.clock.now() : stamped);
		this.log.add([{ event, at: time, visibleAt: visibleAt ?? time }]);
	}
}
