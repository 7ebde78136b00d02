import type { AuditEvent } from '../../event/audit-event';
import { compact } from '../compact';
import { describe, readEnvelope, type Envelope } from '../envelope/envelope';
import { relatedOf } from '../envelope/related';
import { textOf } from '../envelope/text';

/** Members of an event that have a column. All others go into the column `data`. */
const COLUMNS = new Set([
	'audit_event',
	'remote_address',
	'category',
	'client_version',
	'enterprise_id',
	'username',
	'timestamp',
]);
const MOST_IN_INT = 2 ** 31;

/**
 * An event as a row for Microsoft Sentinel, with the columns and types of the stream that Keeper's
 * own solution reads (Custom-KeeperSecurityEventNewLogs). What is special to an event has no
 * column there and is in `data`, as columns that a stream does not declare are dropped; what this
 * node makes of the event is in `data.normalized`.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toSentinel(event: AuditEvent, receivedAt = 0): Record<string, unknown> {
	const envelope = readEnvelope(event);
	const time = new Date(envelope.time ?? receivedAt).toISOString();
	const enterprise = Number(envelope.enterpriseId ?? NaN);
	// The column is a number of 32 bits; one that does not fit stays readable in `data`.
	const fits = Number.isInteger(enterprise) && Math.abs(enterprise) < MOST_IN_INT;
	return compact({
		TimeGenerated: time,
		audit_event: envelope.code || undefined,
		remote_address: textOf(event.remote_address),
		category: envelope.category,
		client_version: textOf(event.client_version),
		enterprise_id: fits ? enterprise : undefined,
		username: textOf(event.username),
		timestamp: time,
		data: dataOf(envelope, fits),
	});
}

function dataOf(envelope: Envelope, enterpriseFits: boolean): Record<string, unknown> {
	const { event, outcome, severity, known } = envelope;
	const data: Record<string, unknown> = {};
	for (const field of Object.keys(event)) if (!COLUMNS.has(field)) data[field] = event[field];
	if (!enterpriseFits && envelope.enterpriseId !== undefined) {
		data.enterprise_id = envelope.enterpriseId;
	}
	// A timestamp that cannot be read is not in the column.
	if (envelope.time === undefined && event.timestamp !== undefined)
		data.timestamp = event.timestamp;
	data.normalized = {
		id: envelope.id,
		message: describe(envelope),
		outcome,
		severity,
		risky: known?.risky === true,
		...relatedOf(envelope),
	};
	return data;
}
