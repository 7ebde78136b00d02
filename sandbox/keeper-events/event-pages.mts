import { createHash } from 'node:crypto';
import { EventLog, type Bounds } from './event-log.mts';
import { Random } from './random.mts';

export type Order = 'ascending' | 'descending' | 'random';

export interface PageRules {
	order: Order;
	bounds: Bounds;
	/** How long a continuation token is good for, in milliseconds. */
	tokenLifetime: number;
	/** The status a token is refused with. */
	tokenRefusal: 400 | 401;
	/** The largest page. Not documented; 1000 is the ceiling of Keeper's internal endpoint. */
	maxLimit: number;
}

export const DEFAULT_PAGE_RULES: PageRules = {
	order: 'ascending',
	bounds: '[]',
	tokenLifetime: 5 * 60_000,
	tokenRefusal: 400,
	maxLimit: 1000,
};

/** What goes wrong with one page. */
export type PageFault = 'expired-token' | 'repeated-token' | 'more-without-token' | 'empty-page';

export interface PageRequest {
	start: number;
	end: number;
	limit: number;
	token?: string;
}

export interface PageAnswer {
	events: Array<Record<string, unknown>>;
	has_more: boolean;
	continuation_token: string | null;
}

/** The service does not serve the request. */
export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

interface Ticket {
	request: PageRequest;
	rows: Array<Record<string, unknown>>;
	offset: number;
	expires: number;
}

const TICKETS_KEPT = 500;

/** Serves the events of a log page by page, each later page against a continuation token. */
export class EventPages {
	readonly log: EventLog;
	rules: PageRules;
	private readonly random: Random;
	private readonly tickets = new Map<string, Ticket>();
	private issued = 0;

	constructor(log: EventLog, rules: Partial<PageRules> = {}, seed = 1) {
		this.log = log;
		this.rules = { ...DEFAULT_PAGE_RULES, ...rules };
		this.random = new Random(seed);
	}

	/** Whether a fault can happen to this request at all. */
	applies(fault: PageFault, request: PageRequest): boolean {
		return fault === 'more-without-token' || fault === 'empty-page' || request.token !== undefined;
	}

	/** Throws Refusal for a request that the service would turn down. now: the service's clock. */
	page(request: PageRequest, now: number, fault?: PageFault): PageAnswer {
		const { limit } = request;
		if (!Number.isInteger(limit) || limit < 1 || limit > this.rules.maxLimit) {
			throw new Refusal(400, 'Invalid limit');
		}
		if (request.start > request.end) throw new Refusal(400, 'Invalid date range');
		if (fault === 'expired-token') this.refuseToken();
		const { rows, offset } = this.position(request, now);
		const served = fault === 'empty-page' ? 0 : limit;
		const rest = rows.length - offset - served;
		const more = rest > 0;
		const next = more
			? this.issue({ request, rows, offset: offset + served, expires: 0 }, now)
			: null;
		const events = rows.slice(offset, offset + served);
		if (fault === 'repeated-token' && more) {
			return { events, has_more: true, continuation_token: request.token ?? null };
		}
		const token = fault === 'more-without-token' ? null : next;
		return { events, has_more: more, continuation_token: token };
	}

	private position(request: PageRequest, now: number): { rows: Ticket['rows']; offset: number } {
		if (request.token === undefined) return { rows: this.rows(request, now), offset: 0 };
		const ticket = this.tickets.get(request.token);
		if (!ticket || ticket.expires < now) return this.refuseToken();
		const { start, end, limit } = ticket.request;
		if (start !== request.start || end !== request.end || limit !== request.limit) {
			throw new Refusal(400, 'The continuation token belongs to another query');
		}
		return ticket;
	}

	private refuseToken(): never {
		throw new Refusal(this.rules.tokenRefusal, 'Invalid continuation token');
	}

	private rows({ start, end }: PageRequest, now: number): Ticket['rows'] {
		const { bounds, order } = this.rules;
		const rows = this.log.between(start, end, bounds, now).map(({ event }) => event);
		if (order === 'descending') return rows.reverse();
		return order === 'random' ? this.random.shuffle(rows) : rows;
	}

	private issue(ticket: Ticket, now: number): string {
		const token = createHash('sha256').update(`${++this.issued}`).digest('base64url');
		this.tickets.set(token, { ...ticket, expires: now + this.rules.tokenLifetime });
		if (this.tickets.size > TICKETS_KEPT) {
			this.tickets.delete(this.tickets.keys().next().value as string);
		}
		return token;
	}
}
