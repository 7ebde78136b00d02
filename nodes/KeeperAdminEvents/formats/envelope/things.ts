import { eventLabel } from '../../catalogue/event-catalogue';
import type { AuditEvent } from '../../event/audit-event';
import { eachValue } from './nested';
import { textOf } from './text';

/** A record, folder, team or the like; `uid` is its identifier, or its name where it has no other. */
export interface Thing {
	type: string;
	uid: string;
	name?: string;
}

/** Fields that name what an event is about (Keeper, "Event descriptions", field reference). */
const FIELDS: ReadonlyArray<[field: string, type: string]> = [
	['record_uid', 'Record'],
	['shared_folder_uid', 'Shared Folder'],
	['folder_uid', 'Folder'],
	['team_uid', 'Team'],
	['role_id', 'Role'],
	['node_id', 'Node'],
	['app_uid', 'Application'],
	['secret_uid', 'Secret'],
	['gateway_uid', 'Gateway'],
	['agent_uid', 'Agent'],
	['deployment_uid', 'Deployment'],
	['policy_uid', 'Policy'],
	['collection_uid', 'Collection'],
	['request_uid', 'Request'],
	['link_uid', 'Link'],
	['attachment_id', 'Attachment'],
];
/** Names of no thing: the tenant's, and those that would name the event itself. */
const READ_ELSEWHERE = new Set([...FIELDS.map(([field]) => field), 'enterprise_id', 'event_id']);
const IDENTIFIER = /_(?:uid|id)s?$/;
/** Roles come with and without the enterprise in front: `261822/1124516927373322`. */
const ENTERPRISE_PREFIX = /^\d+\/(?=\d+$)/;

/** Everything that an event names by an identifier, known fields first. */
export function readThings(event: AuditEvent, code: string): Thing[] {
	const things: Thing[] = [];
	for (const [field, type] of FIELDS) {
		const uid = textOf(event[field]);
		if (uid === undefined) continue;
		if (field === 'role_id') things.push({ type, uid: uid.replace(ENTERPRISE_PREFIX, '') });
		else if (field === 'node_id') things.push(nodeOf(uid, event));
		else things.push({ type: typeOf(field, type, code), uid });
	}
	const node = textOf(event.node);
	if (node !== undefined && event.node_id === undefined) things.push({ type: 'Node', uid: node });
	for (const field of Object.keys(event)) {
		const value = event[field];
		if (typeof value === 'object' && value !== null) {
			eachValue(field, value, (name, inner) => addThing(things, name, inner));
		} else if (IDENTIFIER.test(field) && !READ_ELSEWHERE.has(field)) {
			addThing(things, field, value);
		}
	}
	return things;
}

/** Adds what a field identifies that no row above knows, or that is in a list. */
function addThing(things: Thing[], field: string, value: unknown): void {
	const uid = IDENTIFIER.test(field) ? textOf(value) : undefined;
	if (uid === undefined) return;
	things.push({ type: eventLabel(field.replace(IDENTIFIER, '')) || 'Other', uid });
}

/** One-time shares carry the record's UID in the field that elsewhere holds an application's. */
function typeOf(field: string, type: string, code: string): string {
	return field === 'app_uid' && code.startsWith('ext_share_') ? 'Record' : type;
}

function nodeOf(uid: string, { node }: AuditEvent): Thing {
	const name = textOf(node);
	return name === undefined ? { type: 'Node', uid } : { type: 'Node', uid, name };
}
