import { readAddress } from '../../../nodes/KeeperAdminEvents/event/remote-address';
import { compileFilter } from '../../../nodes/KeeperAdminEvents/event/event-filter';

describe('the address of an event', () => {
	it.each<[string, string[], number | undefined]>([
		['203.0.113.7', ['203.0.113.7'], undefined],
		[' 203.0.113.7 ', ['203.0.113.7'], undefined],
		['203.0.113.7:52110', ['203.0.113.7'], 52_110],
		['2001:db8::1', ['2001:db8::1'], undefined],
		['[2001:db8::1]', ['2001:db8::1'], undefined],
		['[2001:db8::1]:443', ['2001:db8::1'], 443],
		['fe80::1%eth0', ['fe80::1'], undefined],
		['203.0.113.7, 10.0.0.3', ['203.0.113.7', '10.0.0.3'], undefined],
		['203.0.113.7,10.0.0.3:80,203.0.113.7', ['203.0.113.7', '10.0.0.3'], undefined],
		['unknown, 203.0.113.7:1', ['203.0.113.7'], 1],
		['203.0.113.7:99999', ['203.0.113.7'], undefined],
		['203.0.113.999:80', [], undefined],
		['gateway.example:443', [], undefined],
	])('%s holds %j, and the port %p', (text, ips, port) => {
		expect(readAddress(text)).toEqual({
			text: text.trim(),
			ips,
			...(port !== undefined && { port }),
		});
	});

	it.each([undefined, null, '', '  ', 7, {}, ['203.0.113.7']])('is none in %p', (value) => {
		expect(readAddress(value)).toEqual({ ips: [] });
	});

	it('passes a filter by any of the addresses in it', () => {
		const passes = (block: string) =>
			compileFilter({ addresses: block })({ remote_address: '203.0.113.7:443, 10.0.0.3' });
		expect([passes('203.0.113.0/24'), passes('10.0.0.3'), passes('192.0.2.0/24')]).toEqual([
			true,
			true,
			false,
		]);
	});
});
