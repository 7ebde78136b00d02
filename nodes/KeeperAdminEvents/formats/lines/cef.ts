import type { Severity } from '../../catalogue/event-catalogue';
import type { AuditEvent } from '../../event/audit-event';
import { describe, readEnvelope, type Envelope } from '../envelope/envelope';
import { cut, leftovers, printable } from './leftovers';

/** By the standard 0 to 3 is low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high. */
const SEVERITIES: Record<Severity, number> = {
	informational: 1,
	low: 3,
	medium: 5,
	high: 8,
	critical: 10,
};

/** Things that have one of the six custom strings. */
const CUSTOM_STRINGS = ['Record', 'Shared Folder', 'Role', 'Team', 'Node'] as const;

/** The standard's form for keys of a vendor's own: vendor, product, meaning. */
const OWN_KEY = 'KeeperSecurityKeeper';
const MOST_IN_OWN = 4000;

type Pair = [key: string, value: string | number | undefined, most?: number];

/**
 * An event as a line of the Common Event Format, version 0 (ArcSight, CEF Implementation
 * Standard), without a syslog header. Every field of the event is in it: those that the standard
 * has no key for under keys that begin with KeeperSecurityKeeper.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toCef(event: AuditEvent, receivedAt = 0, id?: string): { line: string } {
	const envelope = readEnvelope(event);
	const { code, label, severity } = envelope;
	const header = ['CEF:0', 'Keeper Security', 'Keeper', '1.0', code, label || 'Audit Event'];
	const cells = [...header.map(inHeader), String(SEVERITIES[severity])];
	return { line: `${cells.join('|')}|${extension(envelope, receivedAt, id)}` };
}

function extension(envelope: Envelope, receivedAt: number, id: string | undefined): string {
	const { event } = envelope;
	const pairs: Pair[] = [...standardKeys(envelope, receivedAt, id), ...customStrings(envelope)];
	const told = new Set(pairs.flatMap(([, value]) => (value === undefined ? [] : [String(value)])));
	for (const [field, text] of leftovers(event, told)) {
		pairs.push([OWN_KEY + pascalCase(field), text, MOST_IN_OWN]);
	}
	const texts = pairs.flatMap(([key, value, most = Infinity]) =>
		value === undefined || value === '' ? [] : [`${key}=${inExtension(cut(String(value), most))}`],
	);
	return texts.join(' ');
}

function standardKeys(envelope: Envelope, receivedAt: number, id: string | undefined): Pair[] {
	const { code, category, outcome, resultCode, people, address, client, deviceName } = envelope;
	const { actor, target } = people;
	const [ip] = address.ips;
	const isIpv6 = ip?.includes(':') === true;
	return [
		['rt', envelope.time ?? receivedAt],
		['externalId', envelope.id ?? id, 40],
		['act', code, 63],
		['cat', category, 1023],
		['outcome', outcome],
		['reason', resultCode, 1023],
		['suser', actor?.name, 1023],
		['duser', target?.name, 1023],
		['duid', target?.id, 1023],
		['src', isIpv6 ? undefined : ip],
		['c6a2', isIpv6 ? ip : undefined],
		['c6a2Label', isIpv6 ? 'Source IPv6 Address' : undefined],
		['spt', address.port],
		['shost', deviceName, 1023],
		['dvchost', 'keepersecurity.com'],
		['requestClientApplication', client?.original, 1023],
		['msg', describe(envelope), 1023],
	];
}

function customStrings({ enterpriseId, things }: Envelope): Pair[] {
	const strings: Array<[label: string, value: string | undefined]> = [['Enterprise', enterpriseId]];
	for (const type of CUSTOM_STRINGS) {
		strings.push([type, things.find((thing) => thing.type === type)?.uid]);
	}
	return strings.flatMap(([label, value], index): Pair[] =>
		value === undefined
			? []
			: [
					[`cs${index + 1}`, value, 4000],
					[`cs${index + 1}Label`, label],
				],
	);
}

/** `request_status` becomes `RequestStatus`. */
function pascalCase(field: string): string {
	return field
		.split(/[^A-Za-z0-9]+/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join('');
}

function inHeader(text: string): string {
	return printable(text).replace(/[\\|]/g, '\\$&');
}

/** Line breaks are allowed in values, written as \n and \r. */
function inExtension(text: string): string {
	const escaped = text.replace(/[\\=]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
	return printable(escaped);
}
