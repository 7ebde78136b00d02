import type { Call, Reply } from '../call/call.mts';
import { refuse } from '../refusals/problems.mts';
import type { Item } from '../state/store.mts';
import { plain } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { isUuid } from '../wire/values.mts';

const MOST = 100;
const DEFAULT_LIMIT = 10;

/** Lists too long to be counted: their links have no first, last and meta. */
const uncounted = new Set(['webhook-events', 'event-logs', 'request-logs']);

/** One page of `items` (oldest first), newest first unless `order=asc`, with its links. */
export function paginate(call: Call, type: string, items: Item[]): Reply {
	const order = plain(call.query.order) ?? 'desc';
	if (order !== 'asc' && order !== 'desc')
		refuse(400, 'order is asc or desc', { parameter: 'order' });
	const ordered = order === 'asc' ? items : [...items].reverse();
	const page = call.query.page;
	if (page === undefined) {
		const limit = bounded(call.query.limit, 'limit', DEFAULT_LIMIT);
		return { status: 200, data: ordered.slice(0, limit) };
	}
	if (typeof page === 'string' || Array.isArray(page))
		refuse(400, 'page is an object, as in page[size]=10', { parameter: 'page' });
	return 'cursor' in page && call.world.edition.since('1.7.0')
		? byCursor(call, ordered, page)
		: byNumber(call, type, ordered, page);
}

function byCursor(call: Call, ordered: Item[], page: Record<string, QueryValue>): Reply {
	const size = bounded(page.size ?? call.query.limit, 'page[size]', DEFAULT_LIMIT);
	const cursor = plain(page.cursor);
	if (cursor === undefined || (cursor !== '' && !isUuid(cursor)))
		refuse(400, 'page[cursor] is a UUID or empty', { parameter: 'page[cursor]' });
	const at = cursor === '' ? -1 : ordered.findIndex((item) => item.id === cursor);
	if (cursor !== '' && at < 0)
		refuse(400, 'page[cursor] names no record of this list', { parameter: 'page[cursor]' });
	const data = ordered.slice(at + 1, at + 1 + size);
	const more = at + 1 + size < ordered.length;
	const link = (to: string) => linkTo(call, { cursor: to, size });
	return {
		status: 200,
		data,
		links: { self: link(cursor), next: more ? link(data[data.length - 1].id) : null },
	};
}

function byNumber(
	call: Call,
	type: string,
	ordered: Item[],
	page: Record<string, QueryValue>,
): Reply {
	// A page without a number counts as page 0, which is how servers without cursors refuse them.
	const hint = call.world.edition.since('1.7.0') ? '; follow page[cursor] for more' : '';
	const number = bounded(page.number ?? '0', 'page[number]', 0, hint);
	const size = bounded(page.size, 'page[size]', DEFAULT_LIMIT);
	const data = ordered.slice((number - 1) * size, number * size);
	const pages = Math.max(1, Math.ceil(ordered.length / size));
	const link = (to: number) => linkTo(call, { number: to, size });
	const prev = number > 1 && number <= pages ? link(number - 1) : null;
	const next = number < pages ? link(number + 1) : null;
	if (uncounted.has(type)) {
		return {
			status: 200,
			data,
			links: { self: link(number), prev, next },
		};
	}
	const links = {
		self: link(number),
		prev,
		next,
		first: link(1),
		last: link(pages),
		meta: { pages, count: ordered.length },
	};
	return { status: 200, data, links };
}

function bounded(
	value: QueryValue | undefined,
	parameter: string,
	fallback: number,
	hint = '',
): number {
	if (value === undefined) return fallback;
	const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN;
	if (number >= 1 && number <= MOST) return number;
	return refuse(400, `${parameter} is a number from 1 to ${MOST}${hint}`, { parameter });
}

/** A relative link to a page of the same list, without credentials; its parameters are sorted. */
function linkTo(call: Call, page: Record<string, string | number>): string {
	const [path, search = ''] = call.target.split('?');
	const kept = [...new URLSearchParams(search)].filter(
		([name]) => !/^(token|auth|page|page\[.*)$/i.test(name),
	);
	const added = Object.entries(page).map(([name, value]) => [`page[${name}]`, String(value)]);
	const pairs = [...kept, ...added].map((pair) => pair.map(encodeURIComponent).join('='));
	return `${path}?${pairs.sort().join('&')}`;
}
