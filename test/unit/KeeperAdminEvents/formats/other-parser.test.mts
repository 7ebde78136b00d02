// Lines read by a parser of another hand, nsyslog-parser. It undoes no escapes, so nothing here needs
// any; the grammars beside this file judge those.
import parse from 'nsyslog-parser';

import { toCef } from '../../../../nodes/KeeperAdminEvents/formats/lines/cef';
import { toLeef } from '../../../../nodes/KeeperAdminEvents/formats/lines/leef';
import { toSyslog } from '../../../../nodes/KeeperAdminEvents/formats/lines/syslog';
import { EVENT_CODES } from '../../../../sandbox/keeper-events/event-codes.mts';

const CODES = EVENT_CODES.flatMap(({ codes }) => codes.trim().split(/\s+/));
const TIME = '2026-03-02T09:15:30.123Z';
const event = (code: string) => ({
	audit_event: code,
	remote_address: '203.0.113.7',
	client_version: 'Web App.17.2.2',
	timestamp: TIME,
	username: 'sam@northfield.example',
	enterprise_id: 310_442,
});
const shared = {
	rt: String(Date.parse(TIME)),
	suser: 'sam@northfield.example',
	src: '203.0.113.7',
};

describe.each([...CODES, 'brand_new_event'])('another parser reads of %s', (code) => {
	it('who did what, when and from where in CEF', () => {
		const { type, cef, fields } = parse(toCef(event(code)).line);
		expect(type).toBe('CEF');
		expect(cef).toMatchObject({
			version: 'CEF:0',
			deviceVendor: 'Keeper Security',
			deviceProduct: 'Keeper',
			deviceEventClassID: code,
		});
		expect(fields).toMatchObject({ ...shared, requestClientApplication: 'Web App.17.2.2' });
	});

	it('the same in LEEF', () => {
		const { type, leef, fields } = parse(toLeef(event(code)).line);
		expect(type).toBe('LEEF');
		expect(leef).toMatchObject({
			leefVersion: 'LEEF:1.0',
			vendor: 'Keeper Security',
			eventID: code,
		});
		expect(fields).toMatchObject({
			devTime: shared.rt,
			usrName: shared.suser,
			src: shared.src,
			clientVersion: 'Web App.17.2.2',
		});
	});

	it('the header and the whole event in syslog', () => {
		const { type, facility, host, appName, messageid, ts, message } = parse(
			toSyslog(event(code)).line,
		);
		expect([type, facility, host, appName]).toEqual([
			'RFC5424',
			'local4',
			'keepersecurity.com',
			'keeper',
		]);
		// A message ID has 32 characters at most.
		expect(messageid).toBe(code.slice(0, 32));
		expect(ts.toISOString()).toBe(TIME);
		const { timestamp: _, ...rest } = event(code);
		expect(JSON.parse(message)).toMatchObject(rest);
	});
});
