import { Failed } from '../../../nodes/shared/failure';
import {
	compileFilter,
	type FilterSpec,
} from '../../../nodes/KeeperAdminEvents/event/event-filter';
import { parseIp } from '../../../nodes/KeeperAdminEvents/event/ip-address';
import { isIP } from 'node:net';

const event = {
	audit_event: 'login_failure',
	category: 'login',
	username: 'Ada@Example.com',
	remote_address: '203.0.113.7',
};
const keeps = (spec: FilterSpec, change: Record<string, unknown> = {}) =>
	compileFilter(spec)({ ...event, ...change });

describe('the filter', () => {
	it('keeps everything when it is empty, unknown and bare events too', () => {
		expect(compileFilter({})({})).toBe(true);
		expect(
			compileFilter({ events: '', users: [], addresses: ' ', categories: undefined })({}),
		).toBe(true);
	});

	it.each<[boolean, FilterSpec]>([
		[true, { events: 'login_failure' }],
		[true, { events: 'LOGIN_FAILURE' }],
		[true, { events: ['open_record', 'login*'] }],
		[true, { events: 'open_record, login_fail*' }],
		[true, { events: 'open_record\nlogin_failure' }],
		[true, { events: '*fail*' }],
		[true, { events: '*' }],
		[true, { events: 'login*fail*re' }],
		[false, { events: 'login' }],
		[false, { events: 'login_failure*x' }],
		[false, { events: 'log*login_failure' }],
		[false, { events: 'login_failure*e' }],
		[false, { events: '*failure*e' }],
		[false, { events: 'login.failure' }],
		[true, { users: 'ada@example.com' }],
		[true, { users: '*@EXAMPLE.com' }],
		[false, { users: '*@notexample.com' }],
		[false, { users: 'ada' }],
		[true, { categories: 'LOGIN' }],
		[false, { categories: 'usage' }],
		[true, { events: 'login*', users: 'ada*', addresses: '203.0.113.0/24' }],
		[false, { events: 'login*', users: 'bob*' }],
	])('keeps the event: %s, by %j', (kept, spec) => {
		expect(keeps(spec)).toBe(kept);
	});

	it('files an event without a category under the one its code belongs to', () => {
		expect(
			keeps({ categories: 'usage' }, { category: undefined, audit_event: 'open_record' }),
		).toBe(true);
		expect(keeps({ categories: 'usage' }, { category: undefined, audit_event: 'new_event' })).toBe(
			false,
		);
	});

	it('does not match what the event lacks', () => {
		expect(keeps({ users: '*' }, { username: undefined })).toBe(false);
		expect(keeps({ addresses: '0.0.0.0/0' }, { remote_address: undefined })).toBe(false);
	});

	it.each([
		[true, '203.0.113.7', '203.0.113.7'],
		[true, '203.0.113.7', '203.0.113.0/29'],
		[false, '203.0.113.8', '203.0.113.0/29'],
		[true, '10.255.1.2', '10.0.0.0/8'],
		[true, '1.2.3.4', '0.0.0.0/0'],
		[false, '2001:db8::1', '0.0.0.0/0'],
		[true, '2001:DB8:0:0::1', '2001:db8::/32'],
		[true, '2001:db8:8000::', '2001:db8:8000::/33'],
		[false, '2001:db8:7fff::', '2001:db8:8000::/33'],
		[true, '2001:db8::1', '2001:db8:0:0:0:0:0:1'],
		[true, '::ffff:203.0.113.7', '203.0.113.0/24'],
		[false, '203.0.113.7', '::/0'],
		[false, 'unknown', '0.0.0.0/0'],
	])('matches: %s, address %s against %s', (kept, address, block) => {
		expect(keeps({ addresses: block }, { remote_address: address })).toBe(kept);
	});

	it.each([
		'10.0.0.0/33',
		'10.0.0',
		'10.0.0.256',
		'010.0.0.1',
		'2001:db8::/129',
		'::1::2',
		'host',
		'10.0.0.0/8/8',
	])('refuses %s as an address, naming it', (text) => {
		expect(() => compileFilter({ addresses: `10.0.0.1, ${text}` })).toThrow(Failed);
		expect(() => compileFilter({ addresses: text })).toThrow(text);
	});

	it('knows the same addresses as Node does', () => {
		const texts = [
			'1.2.3.4',
			'255.255.255.255',
			'1.2.3',
			'1.2.3.4.5',
			'01.2.3.4',
			'1.2.3.256',
			'',
			'::',
			'::1',
			'1::',
			'1:2:3:4:5:6:7:8',
			'1:2:3:4:5:6:7',
			'1:2:3:4:5:6:7::',
			'::2:3:4:5:6:7:8',
			'1:2:3:4::5:6:7:8',
			'1::2::3',
			':::',
			':1',
			'1:',
			'g::',
			'12345::',
			'::ffff:1.2.3.4',
			'::1.2.3.4',
			'1.2.3.4::',
			'::1.2.3',
			'1:2:3:4:5:6:1.2.3.4',
			'1:2:3:4:5:6:7:1.2.3.4',
			'fe80::1%eth0',
		];
		const differing = texts.filter(
			(text) => !text.includes('%') && (parseIp(text) !== undefined) !== (isIP(text) !== 0),
		);
		expect(differing).toEqual([]);
		// A zone names an interface of the client's; it is no part of an address.
		expect(parseIp('fe80::1%eth0')).toBeUndefined();
	});

	it('takes a hostile pattern in its stride', () => {
		const pattern = `${'*a'.repeat(200)}*b`;
		expect(keeps({ events: pattern }, { audit_event: 'a'.repeat(20_000) })).toBe(false);
	});
});
