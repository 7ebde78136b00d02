import type { AuditEvent } from '../../event/audit-event';
import { compact } from '../compact';
import { readEnvelope, type Envelope } from '../envelope/envelope';
import { relatedOf } from '../envelope/related';

/**
 * An event in the envelope of Splunk's HTTP Event Collector. Splunk takes the fields of `event`
 * out by itself; `fields` adds those by which its data models (Common Information Model) and
 * people look for events. Envelopes one after the other, a line each, are the body of a request.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toSplunkHec(event: AuditEvent, receivedAt = 0): Record<string, unknown> {
	const envelope = readEnvelope(event);
	return {
		time: (envelope.time ?? receivedAt) / 1000,
		host: 'keepersecurity.com',
		source: 'keeper',
		sourcetype: 'keeper:audit',
		event,
		fields: fieldsOf(envelope),
	};
}

/** Flat, and texts or lists of texts, as Splunk requires. */
function fieldsOf(envelope: Envelope): Record<string, unknown> {
	const { code, known, outcome, severity, people, address, client, deviceName, things } = envelope;
	const { actor, target, receiver } = people;
	const related = relatedOf(envelope);
	const isAccountChange = known?.kind.ocsf.class === 3001;
	return compact({
		vendor_product: 'Keeper Security Keeper',
		app: 'keeper',
		signature_id: code === '' ? undefined : code,
		signature: envelope.label || undefined,
		status: outcome,
		severity,
		// Of account changes `user` is whose account changed, and `src_user` who changed it.
		user: isAccountChange ? (target ?? actor)?.name : actor?.name,
		src_user: isAccountChange && target ? actor?.name : undefined,
		dest_user: isAccountChange ? undefined : (receiver ?? target)?.name,
		src: address.ips[0] ?? address.text,
		src_port: address.port === undefined ? undefined : String(address.port),
		src_host: deviceName,
		http_user_agent: client?.original,
		reason: envelope.resultCode,
		object_id: filled(related.uids),
		object_category: filled([...new Set(things.map(({ type }) => type))]),
		related_user: filled(related.users),
		related_ip: filled(related.addresses),
		risky: known?.risky ? 'true' : undefined,
		event_id: envelope.id,
	});
}

function filled(values: string[]): string[] | undefined {
	return values.length > 0 ? values : undefined;
}
