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
	if (order !== 'asc' && order !== 'desc') refuse(400, 'order is invalid', { parameter: 'order' });
	const ordered = order === 'asc' ? items : [...items].reverse();
	const page = call.query.page;
	if (page === undefined) {
		const limit = bounded(call.query.limit, 'limit', DEFAULT_LIMIT);
		return { status: 200, data: ordered.slice(0, limit) };
	}
	const hasCursors = call.world.edition.since('1.7.0');
	if (typeof page === 'string' || Array.isArray(page) || (hasCursors && !isComplete(page)))
		refuse(400, 'page must be an object containing a cursor or number and optional size', {
			parameter: 'page',
		});
	return 'cursor' in page && hasCursors
		? byCursor(call, ordered, page)
		: byNumber(call, type, ordered, page);
}

const isComplete = (page: Record<string, QueryValue>) => 'cursor' in page || 'number' in page;

function byCursor(call: Call, ordered: Item[], page: Record<string, QueryValue>): Reply {
	const size = bounded(page.size ?? call.query.limit, 'page[size]', DEFAULT_LIMIT);
	const cursor = plain(page.cursor);
	if (cursor === undefined || (cursor !== '' && !isUuid(cursor)))
		refuse(400, `page cursor must be a valid UUID (got "${cursor ?? ''}")`, {
			parameter: 'page[cursor]',
		});
	const at = cursor === '' ? -1 : ordered.findIndex((item) => item.id === cursor);
	// A cursor whose record is gone ends the list without a word.
	const rest = cursor !== '' && at < 0 ? [] : ordered.slice(at + 1);
	const data = rest.slice(0, size);
	const more = rest.length > size;
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
	const hint = call.world.edition.since('1.7.0')
		? ', please use cursor-based pagination instead'
		: '';
	// Servers without cursors count a page without a number as page 0, and refuse that.
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

/** A number from 1 to 100, read as far as the text is one: `2.5` is 2, and `abc` is 0. */
function bounded(
	value: QueryValue | undefined,
	parameter: string,
	fallback: number,
	beyond = '',
): number {
	if (value === undefined) return fallback;
	const number = Number.parseInt(plain(value) ?? '', 10) || 0;
	if (number >= 1 && number <= MOST) return number;
	const name = parameter.replace('[', ' ').replace(']', '');
	const got = `${number}${number > MOST ? beyond : ''}`;
	return refuse(400, `${name} must be a number between 1 and ${MOST} (got ${got})`, { parameter });
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
