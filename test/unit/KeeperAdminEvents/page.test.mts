import { queryParameters } from '../../../nodes/KeeperAdminEvents/reading/event-query';
import { readPage } from '../../../nodes/KeeperAdminEvents/reading/page';
import { Failed } from '../../../nodes/shared/failure';

const event = { audit_event: 'login' };

describe('a page of events', () => {
	it.each(['events', 'audit_events', 'auditEvents', 'data', 'items', 'results'])(
		'is found under %s',
		(key) => {
			const page = readPage({ [key]: [event], has_more: true, continuation_token: 'abc' });
			expect(page).toEqual({ events: [event], more: true, token: 'abc' });
		},
	);

	it('is found under a name not foreseen when it clearly holds events', () => {
		expect(readPage({ warnings: [], log_lines: [event], has_more: false }).events).toEqual([event]);
	});

	it('may be the whole answer', () => {
		expect(readPage([event])).toEqual({ events: [event], more: false });
	});

	it.each([
		[{ events: [], has_more: false, continuation_token: null }],
		[{ events: null, has_more: false, continuation_token: null }],
		[{ has_more: false, continuation_token: null }],
		[{ has_more: false }],
		[{ continuation_token: null }],
	])('may be empty: %j', (body) => {
		expect(readPage(body)).toEqual({ events: [], more: false, token: undefined });
	});

	it.each([
		['has_more decides when it is given', { has_more: false, continuation_token: 'x' }, false],
		['has_more true needs no token', { has_more: true, continuation_token: null }, true],
		['a token alone means more', { continuation_token: 'x' }, true],
		['an empty token means none', { continuation_token: '' }, false],
		['has_more may come as text', { has_more: 'true', continuation_token: 'x' }, true],
	])('says whether more follow: %s', (_, rest, more) => {
		expect(readPage({ events: [], ...rest }).more).toBe(more);
	});

	it('is not guessed: the keys received are named', () => {
		const strange = { records: [{ x: 1 }], paging: {} };
		expect(() => readPage(strange)).toThrow(Failed);
		expect(() => readPage(strange)).toThrow('records, paging');
	});

	it.each([
		['more is promised but no list given', { has_more: true, continuation_token: 'x' }],
		['an error comes with status 200', { error: 'oops', has_more: false }],
		['the list holds something else', { events: [event, 'text'] }],
		['it is text', '<html></html>'],
		['it is nothing', undefined],
		['it is an empty object', {}],
	])('is refused when %s', (_, body) => {
		expect(() => readPage(body)).toThrow(Failed);
	});

	it('does not show event contents in its errors', () => {
		expect(() => readPage({ events: ['secret text'] })).toThrow(/^(?!.*secret)/);
	});
});

describe('a query', () => {
	it('is sent in whole seconds of UTC, widened outwards, and repeats all with a token', () => {
		const query = {
			start: Date.parse('2026-03-01T00:00:00.900Z'),
			end: Date.parse('2026-03-01T00:00:05.100Z'),
			limit: 50,
		};
		expect(queryParameters(query)).toEqual({
			start_date: '2026-03-01T00:00:00Z',
			end_date: '2026-03-01T00:00:06Z',
			limit: '50',
		});
		expect(queryParameters({ ...query, token: 't' })).toMatchObject({
			start_date: '2026-03-01T00:00:00Z',
			continuation_token: 't',
		});
	});
});
