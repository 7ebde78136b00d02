import fc from 'fast-check';

import { eventsQuery, LostEvents } from '../../../../nodes/Keygen/trigger/lost/lost-events';

const URL_ = 'https://n8n.example.com/webhook';
type Row = { token: string; status: string; minute: number; url?: string };

/** As the service lists them, newest first. */
function listed(rows: Row[]) {
	return rows
		.map(({ token, status, minute, url = URL_ }, at) => ({
			type: 'webhook-events',
			id: `event-${at}`,
			attributes: { status, endpoint: url, created: new Date(minute * 60_000).toISOString() },
			meta: { idempotencyToken: token },
		}))
		.sort((a, b) => (a.attributes.created < b.attributes.created ? 1 : -1));
}

const NOW = 10;

function lostOf(rows: Row[], since = 0, pageSize = 100, registered?: number) {
	const events = new LostEvents(
		URL_,
		since * 60_000,
		NOW * 60_000,
		registered && registered * 60_000,
	);
	const all = listed(rows);
	for (let at = 0; at < all.length; at += pageSize)
		if (!events.take(all.slice(at, at + pageSize))) break;
	return events.found();
}

const tokens = (rows: Row[], since?: number, pageSize?: number) =>
	lostOf(rows, since, pageSize).map(({ idempotencyToken }) => idempotencyToken);

describe('lost events', () => {
	it('are those that failed for good, oldest first', () => {
		expect(
			tokens([
				{ token: 'late', status: 'FAILED', minute: 9 },
				{ token: 'early', status: 'FAILED', minute: 1 },
				{ token: 'arrived', status: 'DELIVERED', minute: 2 },
				{ token: 'on its way', status: 'DELIVERING', minute: 3 },
				{ token: 'failing just now', status: 'FAILING', minute: 9 },
			]),
		).toEqual(['early', 'late']);
	});

	it('are also those that Keygen would try again in 10 minutes or more', () => {
		expect(
			tokens([
				{ token: 'failing', status: 'FAILING', minute: 4 },
				{ token: 'failing and sent again', status: 'FAILING', minute: 4 },
				{ token: 'failing and sent again', status: 'DELIVERED', minute: 6 },
			]),
		).toEqual(['failing']);
	});

	it('are also those of an endpoint before the present one, which nobody delivers', () => {
		const rows = [
			{ token: 'before', status: 'DELIVERING', minute: 2 },
			{ token: 'since', status: 'DELIVERING', minute: 5 },
		];
		expect(lostOf(rows, 0, 100, 4).map(({ idempotencyToken }) => idempotencyToken)).toEqual([
			'before',
		]);
	});

	it.each(['DELIVERED', 'DELIVERING', 'FAILING'])(
		'are not those that a later delivery has made good or may make good: %s',
		(status) => {
			expect(
				tokens([
					{ token: 'a', status: 'FAILED', minute: 1 },
					{ token: 'a', status, minute: 9 },
				]),
			).toEqual([]);
		},
	);

	it('are given once where several deliveries failed, in the place of the first', () => {
		const lost = lostOf([
			{ token: 'a', status: 'FAILED', minute: 1 },
			{ token: 'b', status: 'FAILED', minute: 2 },
			{ token: 'a', status: 'FAILED', minute: 3 },
		]);
		expect(lost.map(({ id }) => id)).toEqual(['event-0', 'event-1']);
	});

	it('are of this endpoint only, and not older than wanted', () => {
		expect(
			tokens(
				[
					{ token: 'elsewhere', status: 'FAILED', minute: 20, url: 'https://other.example.com/' },
					{ token: 'old', status: 'FAILED', minute: 9 },
					{ token: 'new', status: 'FAILED', minute: 10 },
				],
				10,
			),
		).toEqual(['new']);
	});

	it('need no page beyond the time looked at', () => {
		const events = new LostEvents(URL_, 5 * 60_000, NOW * 60_000);
		expect(events.take(listed([{ token: 'a', status: 'FAILED', minute: 6 }]))).toBe(true);
		expect(events.take(listed([{ token: 'b', status: 'FAILED', minute: 4 }]))).toBe(false);
	});

	it('are the same however the list is cut into pages', () => {
		const row = fc.record({
			token: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			status: fc.constantFrom('FAILED', 'DELIVERED', 'FAILING'),
			minute: fc.integer({ min: 1, max: 1000 }),
		});
		fc.assert(
			fc.property(
				fc.uniqueArray(row, { selector: ({ minute }) => minute, maxLength: 30 }),
				fc.integer({ min: 1, max: 7 }),
				(rows, pageSize) => {
					const lost = new Set(rows.map(({ token }) => token));
					for (const { token, status, minute } of rows) {
						const isLost = status === 'FAILED' || (status === 'FAILING' && minute < NOW - 1);
						if (!isLost) lost.delete(token);
					}
					expect(new Set(tokens(rows, 0, pageSize))).toEqual(lost);
				},
			),
		);
	});
});

describe('the query for the events of an endpoint', () => {
	it('names its events, where they are not all or too many', () => {
		expect(eventsQuery(['license.created', 'user.created'])).toEqual([
			['events[]', 'license.created'],
			['events[]', 'user.created'],
		]);
		expect(eventsQuery(['*'])).toEqual([]);
		expect(eventsQuery(Array.from({ length: 100 }, (_, n) => `event.${n}`))).toEqual([]);
	});
});
