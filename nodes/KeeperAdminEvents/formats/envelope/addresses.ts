import type { AuditEvent } from '../../event/audit-event';
import { readAddress, type RemoteAddress } from '../../event/remote-address';
import { eachValue } from './nested';

/** Fields beside `remote_address` that hold an address, by their names. */
const NAMES = /(?:^|_)(?:ip|ip_?address(?:es)?|address(?:es)?)$/;

/** Every IP address that an event names: where it came from first, each once. */
export function readAddresses(event: AuditEvent, from: RemoteAddress): string[] {
	let ips = from.ips;
	for (const field of Object.keys(event)) {
		if (field === 'remote_address') continue;
		const value = event[field];
		if (typeof value === 'string' && !NAMES.test(field)) continue;
		eachValue(field, value, (name, text) => {
			if (typeof text !== 'string' || !NAMES.test(name)) return;
			ips = [...new Set([...ips, ...readAddress(text).ips])];
		});
	}
	return ips;
}
