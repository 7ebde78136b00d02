import type { Severity } from '../../catalogue/event-catalogue';
import type { AuditEvent } from '../../event/audit-event';
import { readEnvelope, type Envelope } from '../envelope/envelope';
import { leftovers, printable } from './leftovers';

/** QRadar's severities, 1 to 10. */
const SEVERITIES: Record<Severity, number> = {
	informational: 1,
	low: 3,
	medium: 5,
	high: 8,
	critical: 10,
};

const LOGINS = new Set(['login', 'login_console']);

/**
 * An event as a line of the Log Event Extended Format, version 1.0 (IBM QRadar), without a syslog
 * header: attributes separated by tabs. Every field of the event is in it, those that QRadar has
 * no key for under their own names. The format has no escapes, so blanks stand for tabs and line
 * breaks in values.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toLeef(event: AuditEvent, receivedAt = 0, id?: string): { line: string } {
	const envelope = readEnvelope(event);
	const header = ['LEEF:1.0', 'Keeper Security', 'Keeper', '1.0', envelope.code || 'unknown'];
	const pairs = attributes(envelope, receivedAt, id);
	const told = new Set(pairs.map(([, value]) => String(value)));
	pairs.push(...leftovers(event, told).map(([field, text]): Pair => [keyOf(field), text]));
	const texts = pairs.map(([key, value]) => `${key}=${printable(String(value))}`);
	return { line: `${header.map(inHeader).join('|')}|${texts.join('\t')}` };
}

type Pair = [key: string, value: string | number | boolean];

function attributes(envelope: Envelope, receivedAt: number, id: string | undefined): Pair[] {
	const { code, known, people, address, things, client, outcome } = envelope;
	const thing = (type: string) => things.find((entry) => entry.type === type)?.uid;
	const pairs: Array<[string, Pair[1] | undefined]> = [
		['devTime', envelope.time ?? receivedAt],
		['cat', envelope.category],
		['sev', SEVERITIES[envelope.severity]],
		['usrName', people.actor?.name],
		['accountName', people.target?.name],
		['src', address.ips[0]],
		['srcPort', address.port],
		['identHostName', envelope.deviceName],
		['role', thing('Role')],
		['resource', thing('Record')],
		['policy', thing('Policy')],
		['isLoginEvent', LOGINS.has(code) || undefined],
		['isLogoutEvent', known?.kindName === 'logoff' || undefined],
		['outcome', outcome],
		['reason', envelope.resultCode],
		['enterpriseId', envelope.enterpriseId],
		['clientVersion', client?.original],
		['eventId', envelope.id ?? id],
	];
	return pairs.filter((pair): pair is Pair => pair[1] !== undefined && pair[1] !== '');
}

function inHeader(text: string): string {
	return printable(text).replaceAll('|', '/');
}

function keyOf(field: string): string {
	return field.replace(/[^A-Za-z0-9_]/g, '_');
}
