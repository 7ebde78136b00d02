import { capital } from '../../shared/words';
import type { AuditEvent } from '../event/audit-event';
import { compact } from './compact';
import type { Severity } from '../catalogue/event-catalogue';
import { readEnvelope, type Envelope, type Person, type Subject } from './normalized-event';
import { eventKey } from '../event/event-key';
import { OCSF_CATEGORIES, OCSF_CLASSES } from './ocsf-classes';

/** The version of the Open Cybersecurity Schema Framework that the documents follow. */
export const OCSF_VERSION = '1.7.0';

export type OcsfDocument = Record<string, unknown>;

const OTHER = 99;
/** Observable types of OCSF's dictionary. */
const IP_ADDRESS = 2;
const USER_NAME = 4;

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
	const { class: classUid, activity } = envelope.known?.kind.ocsf ?? { class: 0, activity: OTHER };
	const { name, category, activities } = OCSF_CLASSES[classUid] as (typeof OCSF_CLASSES)[number];
	const [severityId, severity] = SEVERITIES[envelope.known?.severity ?? 'informational'];
	const activityName = activities[activity] ?? envelope.label;
	return compact({
		class_uid: classUid,
		class_name: name,
		category_uid: category,
		category_name: OCSF_CATEGORIES[category],
		activity_id: activity,
		activity_name: activityName || 'Other',
		type_uid: classUid * 100 + activity,
		type_name: `${name}: ${activities[activity] ?? 'Other'}`,
		severity_id: severityId,
		severity,
		...statusOf(envelope, classUid, activity),
		time: envelope.time ?? receivedAt,
		message: envelope.label || undefined,
		metadata: metadataOf(envelope),
		observables: observablesOf(envelope, classUid),
		...DETAILS[classUid]?.(envelope, activity, receivedAt),
		unmapped: event,
	});
}

type Details = (envelope: Envelope, activity: number, receivedAt: number) => OcsfDocument;

/** What each class says beyond the attributes that all share. */
const DETAILS: Record<number, Details> = {
	2004: (envelope, activity, receivedAt) => ({
		finding_info: {
			uid: envelope.id ?? eventKey(envelope.event),
			title: envelope.label,
			created_time: envelope.time ?? receivedAt,
			types: [envelope.known?.group.label],
		},
		is_alert: activity === 1,
		resources: resourcesOf(envelope),
	}),
	3001: (envelope) => ({ ...origin(envelope), user: affected(envelope) }),
	3002: (envelope) => ({
		...origin(envelope),
		user: userOf(envelope.actor),
		service: { name: 'Keeper' },
		is_remote: true,
	}),
	3004: (envelope) => ({ ...origin(envelope), entity: entityOf(envelope) }),
	3005: (envelope) => ({
		...origin(envelope),
		user: affected(envelope),
		privileges: [envelope.code],
		resources: resourcesOf(envelope),
	}),
	3006: (envelope) => ({
		...origin(envelope),
		group: groupOf(envelope),
		user: envelope.target && userOf(envelope.target),
	}),
	6003: (envelope) => ({
		...origin(envelope),
		api: { operation: envelope.code, service: { name: 'Keeper' } },
		resources: resourcesOf(envelope),
	}),
	6006: (envelope) => ({ ...origin(envelope), file: fileOf(envelope) }),
};

function metadataOf({ event, code, enterpriseId, id, known }: Envelope): OcsfDocument {
	const { timestamp } = event;
	return compact({
		version: OCSF_VERSION,
		product: { name: 'Keeper', vendor_name: 'Keeper Security' },
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
): OcsfDocument {
	if (classUid === 2004) {
		const [id, caption] = FINDING_STATUSES[activity] ?? [OTHER, 'Other'];
		return { status_id: id, status: caption };
	}
	const caption = capital(outcome);
	return { status_id: STATUSES[outcome], status: caption, status_detail: resultCode };
}

/** Who did it, with what, and from where. */
function origin({ actor, address, client, ip }: Envelope): OcsfDocument {
	const endpoint = ip === undefined ? { name: address ?? 'Unknown' } : { ip };
	return {
		actor: compact({ user: userOf(actor), app_name: client?.name }),
		src_endpoint: endpoint,
	};
}

function affected({ actor, target }: Envelope): OcsfDocument {
	return userOf(target ?? actor);
}

function userOf(person: Person | undefined): OcsfDocument {
	if (!person) return { name: 'Unknown' };
	return compact({ name: person.name, email_addr: person.email, domain: person.domain });
}

function groupOf({ subjects, event }: Envelope): OcsfDocument {
	const group = subjects.find(({ type }) => type === 'Team' || type === 'Role');
	const { name } = event;
	if (group) return { uid: group.uid, type: group.type };
	return { name: typeof name === 'string' && name !== '' ? name : 'Unknown' };
}

/** What was managed: the first thing the event names, else what its group is about. */
function entityOf({ subjects, known }: Envelope): OcsfDocument {
	const [subject] = subjects;
	if (subject) return { type_id: OTHER, type: subject.type, uid: subject.uid };
	const type = known?.group.entity ?? 'Unknown';
	return { type_id: OTHER, type, name: type };
}

function fileOf({ subjects }: Envelope): OcsfDocument {
	const attachment = subjects.find(({ type }) => type === 'Attachment');
	// 1: a regular file.
	return compact({ name: attachment?.uid ?? 'Unknown', uid: attachment?.uid, type_id: 1 });
}

function resourcesOf({ subjects }: Envelope): Subject[] | undefined {
	return subjects.length > 0 ? subjects : undefined;
}

/** Values worth searching for, with the attribute that holds them. */
function observablesOf({ actor, ip }: Envelope, classUid: number): OcsfDocument[] | undefined {
	const hasOrigin = classUid >= 3000;
	const observables: OcsfDocument[] = [];
	if (actor) {
		const name = hasOrigin ? 'actor.user.name' : 'unmapped.username';
		observables.push({ name, type_id: USER_NAME, type: 'User Name', value: actor.name });
	}
	if (ip !== undefined) {
		const name = hasOrigin ? 'src_endpoint.ip' : 'unmapped.remote_address';
		observables.push({ name, type_id: IP_ADDRESS, type: 'IP Address', value: ip });
	}
	return observables.length > 0 ? observables : undefined;
}
