/**
 * One audit event as the service sends it: a flat JSON object whose keys vary by event.
 * Documented envelope: audit_event, category, remote_address, client_version, username,
 * timestamp, enterprise_id (Keeper, "Event descriptions"). Any of them may be absent.
 */
export type AuditEvent = Record<string, unknown>;

const ZONED = /(?:z|[+-]\d\d(?::?\d\d)?)$/i;
const ISO_START = /^\d{4}-\d\d-\d\d/;
const DIGITS = /^\d{9,13}(?:\.\d+)?$/;
/** Epoch values below this are seconds: as milliseconds they would lie before March 1973. */
const SECONDS_BELOW = 1e11;

/**
 * The instant a timestamp names, in milliseconds since 1970, or undefined when it names none.
 * Published samples are ISO 8601 with or without milliseconds and with any offset; a time
 * without an offset is UTC, as the documentation says of the field. Epoch numbers are taken too.
 */
export function parseTimestamp(value: unknown): number | undefined {
	if (typeof value === 'number') return fromEpoch(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (DIGITS.test(text)) return fromEpoch(Number(text));
	if (!ISO_START.test(text)) return undefined;
	const dateOnly = text.length === 10;
	const time = Date.parse(dateOnly || ZONED.test(text) ? text : `${text}Z`);
	return Number.isNaN(time) ? undefined : time;
}

function fromEpoch(value: number): number | undefined {
	if (!Number.isFinite(value) || value <= 0) return undefined;
	const time = Math.floor(value < SECONDS_BELOW ? value * 1000 : value);
	// Beyond this a Date is invalid (ECMA-262, time values).
	return time <= 8.64e15 ? time : undefined;
}

/** When the event happened, in milliseconds since 1970; undefined when it does not say. */
export function eventTime(event: AuditEvent): number | undefined {
	return parseTimestamp(event.timestamp);
}

/** The event's code, for example `open_record`; an empty string when it has none. */
export function eventCode(event: AuditEvent): string {
	return typeof event.audit_event === 'string' ? event.audit_event : '';
}
