import { parseIp } from './ip-address';

/** Where an event came from. */
export interface RemoteAddress {
	/** The field as it came, without white space around it; undefined when it is empty. */
	text?: string;
	/** The IP addresses in it: the client's own first, then those that forwarded. */
	ips: string[];
	/** The port of the first address. */
	port?: number;
}

const NOWHERE: RemoteAddress = { ips: [] };
const IPV4_WITH_PORT = /^([\d.]+):(\d{1,5})$/;
const IPV6_IN_BRACKETS = /^\[([^\]]+)\](?::(\d{1,5}))?$/;

/**
 * Reads the address field of an event: an IP address, one with a port (`203.0.113.7:443`,
 * `[2001:db8::1]:443`), or a list of such, as proxies write into X-Forwarded-For.
 */
export function readAddress(value: unknown): RemoteAddress {
	if (typeof value !== 'string') return NOWHERE;
	const text = value.trim();
	if (text === '') return NOWHERE;
	if (parseIp(text)) return { text, ips: [text] };
	const ips: string[] = [];
	let port: number | undefined;
	for (const entry of text.split(/[,;\s]+/)) {
		const [ip, ofPort] = withoutPort(entry);
		if (!parseIp(ip) || ips.includes(ip)) continue;
		if (ips.length === 0) port = ofPort;
		ips.push(ip);
	}
	return port === undefined ? { text, ips } : { text, ips, port };
}

function withoutPort(entry: string): [ip: string, port?: number] {
	const found = IPV4_WITH_PORT.exec(entry) ?? IPV6_IN_BRACKETS.exec(entry);
	if (!found) return [entry.replace(/%.*$/, '')];
	const [, host = '', port] = found;
	const number = Number(port);
	const ip = host.replace(/%.*$/, '');
	return port !== undefined && number <= 65_535 ? [ip, number] : [ip];
}
