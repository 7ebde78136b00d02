import type { Severity } from '../../catalogue/event-catalogue';
import type { AuditEvent } from '../../event/audit-event';
import { readEnvelope, type Envelope } from '../envelope/envelope';
import { relatedOf } from '../envelope/related';

/** local4, which Keeper's own syslog uses. */
const FACILITY = 20;
/** The severities of RFC 5424; Keeper's own lines are all of 5, notice. */
const SEVERITIES: Record<Severity, number> = {
	informational: 6,
	low: 5,
	medium: 4,
	high: 3,
	critical: 2,
};
const LONGEST_MSGID = 32;

/**
 * An event as a syslog message of RFC 5424, in the shape of those that Keeper itself sends: the
 * event as JSON behind a header that carries its time. The message is UTF-8 without a byte order
 * mark, and one line whatever the event holds.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toSyslog(event: AuditEvent, receivedAt = 0, id?: string): { line: string } {
	const envelope = readEnvelope(event);
	const priority = FACILITY * 8 + SEVERITIES[envelope.severity];
	const time = new Date(envelope.time ?? receivedAt).toISOString();
	const header = `<${priority}>1 ${time} keepersecurity.com keeper - ${messageId(envelope)} -`;
	return { line: `${header} ${JSON.stringify(message(envelope, id))}` };
}

/** The event, its time left to the header, and beside it what no field of it holds. */
function message(envelope: Envelope, id: string | undefined): Record<string, unknown> {
	const { event, time, outcome } = envelope;
	const { timestamp, ...rest } = event;
	return {
		...rest,
		...(time === undefined && timestamp !== undefined && { timestamp }),
		normalized: { id: envelope.id ?? id, outcome, ...relatedOf(envelope) },
	};
}

/** Printable ASCII without blanks, or `-` for none. */
function messageId({ code }: Envelope): string {
	return code.replace(/[^!-~]/g, '').slice(0, LONGEST_MSGID) || '-';
}
