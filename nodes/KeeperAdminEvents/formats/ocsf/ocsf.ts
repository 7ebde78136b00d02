import type { Severity } from '../../catalogue/event-catalogue';
import type { AuditEvent } from '../../event/audit-event';
import { compact } from '../compact';
import { readEnvelope, type Envelope } from '../envelope/envelope';
import { benchmarkOf, type Benchmark } from './benchmarks';
import { detailsOf } from './class-details';
import { observablesOf } from './observables';
import { OCSF_CATEGORIES, OCSF_CLASSES, OTHER, type OcsfDocument } from './ocsf-classes';

/** The version of the Open Cybersecurity Schema Framework that the documents follow. */
export const OCSF_VERSION = '1.7.0';

const SEVERITIES: Record<Severity, [id: number, caption: string]> = {
	informational: [1, 'Informational'],
	low: [2, 'Low'],
	medium: [3, 'Medium'],
	high: [4, 'High'],
	critical: [5, 'Critical'],
};

const STATUSES = { unknown: 0, success: 1, failure: 2 } as const;

/** The state of a finding is its own, by the activity that reported it. */
const FINDING_STATUSES: Record<number, [id: number, caption: string]> = {
	1: [1, 'New'],
	2: [3, 'Suppressed'],
	3: [4, 'Resolved'],
};

/** Classes whose `actor` comes from the profile 'host', which then has to be named. */
const ACTOR_BY_PROFILE = new Set([6001, 6002, 6007]);

/**
 * An event as a document of the Open Cybersecurity Schema Framework. The event itself, with
 * every field it came with, is under `unmapped`. An event that is not catalogued becomes a Base
 * Event, and what a class requires but the event does not say is called `Unknown`.
 *
 * receivedAt: when the event was fetched, in milliseconds since 1970; stands in for the event's
 * own time where it has none. Attributes: schema.ocsf.io/1.7.0.
 */
export function toOcsf(event: AuditEvent, receivedAt = 0): OcsfDocument {
	const envelope = readEnvelope(event);
	const { known, label } = envelope;
	const classUid = known?.kind.ocsf.class ?? 0;
	const benchmark = classUid === 2003 ? benchmarkOf(event) : undefined;
	const activity = benchmark?.activity ?? known?.kind.ocsf.activity ?? OTHER;
	const { name, category, activities } = OCSF_CLASSES[classUid] as (typeof OCSF_CLASSES)[number];
	const [severityId, severity] = SEVERITIES[envelope.severity];
	const details = detailsOf(envelope, classUid, { activity, receivedAt, benchmark });
	return compact({
		class_uid: classUid,
		class_name: name,
		category_uid: category,
		category_name: OCSF_CATEGORIES[category],
		activity_id: activity,
		activity_name: activities[activity] ?? (label || 'Other'),
		type_uid: classUid * 100 + activity,
		type_name: `${name}: ${activities[activity] ?? 'Other'}`,
		severity_id: severityId,
		severity,
		...statusOf(envelope, classUid, activity, benchmark),
		time: envelope.time ?? receivedAt,
		message: label || undefined,
		metadata: metadataOf(envelope, classUid),
		observables: observablesOf(envelope, details),
		...details,
		unmapped: event,
	});
}

function metadataOf(envelope: Envelope, classUid: number): OcsfDocument {
	const { event, code, enterpriseId, id, known } = envelope;
	const { timestamp } = event;
	return compact({
		version: OCSF_VERSION,
		product: { name: 'Keeper', vendor_name: 'Keeper Security' },
		profiles: ACTOR_BY_PROFILE.has(classUid) ? ['host'] : undefined,
		event_code: code === '' ? undefined : code,
		log_name: 'audit',
		original_time: typeof timestamp === 'string' ? timestamp : undefined,
		original_event_uid: id,
		tenant_uid: enterpriseId,
		labels: known?.risky ? ['risky'] : undefined,
	});
}

function statusOf(
	{ outcome, resultCode }: Envelope,
	classUid: number,
	activity: number,
	benchmark: Benchmark | undefined,
): OcsfDocument {
	if (classUid === 2003 || classUid === 2004) {
		const [id, caption] = benchmark?.status ?? FINDING_STATUSES[activity] ?? [OTHER, 'Other'];
		return { status_id: id, status: caption, status_detail: benchmark?.value };
	}
	const caption = outcome.charAt(0).toUpperCase() + outcome.slice(1);
	return { status_id: STATUSES[outcome], status: caption, status_detail: resultCode };
}
