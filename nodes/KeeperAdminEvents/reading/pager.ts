import { Failed } from '../../shared/failure';
import type { AuditEvent } from '../event/audit-event';
import type { EventQuery, FetchPage } from './event-query';
import { readPage, type Page } from './page';
import { ReadingProgress, type Rest } from './reading-progress';

/** What one request brought. */
interface PageRead {
	/** Events not handed on before. */
	events: AuditEvent[];
	/** The query is read to its end. */
	last: boolean;
	/** Everything handed on for this query must be dropped: it is being read anew. */
	restart?: boolean;
	serviceTime?: number;
	/** What is left, for the caller to read in its own way; given once, where it was asked for. */
	rest?: Rest;
}

export interface PagerOptions {
	/**
	 * What to do when the chain of tokens breaks: go on from the time reached, where the events
	 * have proved to come sorted by it, or always read the whole query anew. The former assumes
	 * that the service selects by the timestamps it shows; the latter assumes nothing.
	 */
	afterBreak?: 'go on' | 'read anew';
	/** After so many pages `rest` is given, where the events are known to come sorted. */
	pagesAlone?: number;
	/** Requests for one query. */
	maxPages?: number;
	/** Empty pages in a row that each promise more. */
	maxEmptyPages?: number;
	/** Times a broken chain of tokens is taken up without getting further. */
	maxStalls?: number;
}

const ENDLESS = 'ENDLESS_PAGES';

/** The service's pages cannot be read to their end. */
export function endlessPages(message: string): Failed {
	return new Failed({
		message,
		description: "Ask for a shorter time range or a larger 'Page Size'.",
		code: ENDLESS,
	});
}

export function isEndlessPages(error: unknown): boolean {
	return error instanceof Failed && error.failure.code === ENDLESS;
}

type Limits = Required<Omit<PagerOptions, 'afterBreak' | 'pagesAlone'>>;

const DEFAULT_LIMITS: Limits = { maxPages: 1_000_000, maxEmptyPages: 100, maxStalls: 3 };

type Break = 'expired' | 'missing' | 'repeated';

const BREAKS: Record<Break, string> = {
	expired: 'the service no longer accepts its continuation token',
	missing: 'the service says there are more events but gives no continuation token',
	repeated: 'the service gives the same continuation token again',
};

/**
 * Reads all pages of a query, one request per step: a page that is not asked for is not fetched.
 *
 * When the chain of tokens breaks (expired, missing or repeated token) the reading goes on from
 * the time it had reached, without loss or repetition; or all is read anew, announced by
 * `restart`, where the order of the events does not allow that.
 *
 * @throws Failed for a response that is not a page, and when the pages go in circles or never end
 */
export async function* readPages(
	query: EventQuery,
	fetchPage: FetchPage,
	options: PagerOptions = {},
): AsyncGenerator<PageRead, void, void> {
	const guard = new Guard({ ...DEFAULT_LIMITS, ...options });
	let progress = new ReadingProgress();
	let reach = { start: query.start, end: query.end };
	let chain = new TokenChain();
	let pages = 0;
	for (;;) {
		guard.countRequest();
		const fetched = await fetchPage({ ...reach, limit: query.limit, token: chain.token });
		const { serviceTime } = fetched;
		const page = fetched.tokenExpired ? undefined : readPage(fetched.body);
		// A page that repeats a token may repeat events as well: it is not used but read anew.
		if (page && !chain.isRepeatedBy(page)) {
			const events = progress.fresh(page.events);
			const isEnough = page.more && ++pages === options.pagesAlone;
			const rest = isEnough ? progress.rest(reach) : undefined;
			yield { events, last: !page.more, serviceTime, ...(rest && { rest }) };
			if (!page.more) return;
			guard.countPage(page, events);
		}
		const broken = chain.follow(page);
		if (!broken) continue;
		chain = new TokenChain();
		const resumption = options.afterBreak === 'read anew' ? 'restart' : progress.resume(reach);
		guard.countBreak(broken, resumption === 'restart');
		if (resumption !== 'restart') {
			reach = resumption;
			continue;
		}
		progress = new ReadingProgress();
		reach = { start: query.start, end: query.end };
		yield { events: [], last: false, restart: true, serviceTime };
	}
}

/** The continuation tokens of one uninterrupted run of pages. */
class TokenChain {
	token?: string;
	private readonly used = new Set<string>();

	isRepeatedBy(page: Page): boolean {
		return page.more && page.token !== undefined && this.used.has(page.token);
	}

	/** Moves on to the token that the page gives; undefined stands for a refused token. */
	follow(page: Page | undefined): Break | undefined {
		if (!page) return 'expired';
		if (page.token === undefined) return 'missing';
		if (this.isRepeatedBy(page)) return 'repeated';
		this.token = page.token;
		this.used.add(page.token);
		return undefined;
	}
}

/** Ends a reading that goes in circles. */
class Guard {
	private requests = 0;
	private emptyPages = 0;
	private stalls = 0;
	private restarts = 0;
	private found = false;

	private readonly limits: Limits;

	constructor(limits: Limits) {
		this.limits = limits;
	}

	countRequest(): void {
		const { maxPages } = this.limits;
		if (++this.requests > maxPages) throw endlessPages(`Stopped after ${maxPages} pages`);
	}

	countPage(page: Page, fresh: AuditEvent[]): void {
		if (fresh.length > 0) this.found = true;
		this.emptyPages = page.events.length > 0 ? 0 : this.emptyPages + 1;
		if (this.emptyPages <= this.limits.maxEmptyPages) return;
		throw endlessPages(`The service sent ${this.emptyPages} empty pages in a row`);
	}

	countBreak(broken: Break, restart: boolean): void {
		this.stalls = this.found ? 1 : this.stalls + 1;
		this.found = false;
		if (restart) this.restarts++;
		if (Math.max(this.stalls, this.restarts) <= this.limits.maxStalls) return;
		throw endlessPages(
			`The events cannot be read to their end: ${BREAKS[broken]}, and asking again by time does not get further`,
		);
	}
}
