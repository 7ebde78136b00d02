import { ok, type Result } from '../../shared/failure';
import type { ResourceObject } from './document';
import type { Fault } from './fault';
import { pages, type Listing } from './pages';
import { withQuery, type ServiceRequest } from './request';

const DAY_MS = 86_400_000;
/** The service takes a range whose first and last day are from one to this many days apart. */
const FARTHEST_APART = 31;
const START = 'date[start]';
const END = 'date[end]';

/** Days in UTC as their number since 1970, both included. */
interface Days {
	first: number;
	last: number;
}

/** Whether a request is for the logs of certain days. */
export function isForDays({ query }: ServiceRequest): boolean {
	return query.some(([name]) => name === START);
}

/**
 * Reads the logs of any number of days. The service ignores a first day without a last one, refuses
 * one day alone, and more than a month or so; it is asked for as many ranges as it takes.
 *
 * @param wanted how many logs; undefined for all
 */
export async function readLogs(
	service: Listing,
	request: ServiceRequest,
	{ wanted = Infinity, isAscending = false }: { wanted?: number; isAscending?: boolean },
): Promise<Result<ResourceObject[], Fault>> {
	const first = dayAt(request, START) ?? today();
	const last = dayAt(request, END) ?? Math.max(first, today());
	const rest = request.query.filter(([name]) => name !== START && name !== END);
	const found = new Map<string, ResourceObject>();
	const ranges = rangesIn({ first, last });
	for (const days of isAscending ? ranges : ranges.reverse()) {
		// One day alone is asked for along with a neighbor, which comes last.
		const isAlone = days.first === days.last;
		const asked = {
			first: isAlone && !isAscending ? days.first - 1 : days.first,
			last: isAlone && isAscending ? days.last + 1 : days.last,
		};
		const ranged = withQuery({ ...request, query: rest }, [
			[START, dayText(asked.first)],
			[END, dayText(asked.last)],
		]);
		for await (const page of pages(service, ranged)) {
			if (!page.ok) return page;
			const { records } = page.value;
			const fitting = records.filter((record) => isWithin(record, days));
			for (const record of fitting) found.set(record.id, record);
			if (found.size >= wanted) return ok([...found.values()].slice(0, wanted));
			if (fitting.length < records.length) break;
		}
	}
	return ok([...found.values()]);
}

/** Ranges that the service takes, oldest first; a single day only where nothing else is left. */
function rangesIn({ first, last }: Days): Days[] {
	const ranges: Days[] = [];
	for (let start = first; start <= last; start += FARTHEST_APART + 1)
		ranges.push({ first: start, last: Math.min(start + FARTHEST_APART, last) });
	return ranges;
}

function isWithin({ attributes = {} }: ResourceObject, { first, last }: Days): boolean {
	const created = Date.parse(String(attributes.created));
	return created >= first * DAY_MS && created < (last + 1) * DAY_MS;
}

function dayAt({ query }: ServiceRequest, wanted: string): number | undefined {
	const text = query.find(([name]) => name === wanted)?.[1];
	return text === undefined ? undefined : Date.parse(text) / DAY_MS;
}

const today = () => Math.floor(Date.now() / DAY_MS);
const dayText = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);
