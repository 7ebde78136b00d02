import { eventCode, eventTime, type AuditEvent } from '../event/audit-event';
import { EVENT_CATALOGUE, eventLabel, type CataloguedEvent } from '../catalogue/event-catalogue';
import { eventId } from '../event/event-key';
import { parseIp } from '../event/ip-address';

export type Outcome = 'success' | 'failure' | 'unknown';

/** What an event says, read once for all output formats. Absent fields are undefined. */
export interface Envelope {
	event: AuditEvent;
	code: string;
	label: string;
	/** Undefined for a code that is not in the catalogue. */
	known?: CataloguedEvent;
	category?: string;
	outcome: Outcome;
	/** Milliseconds since 1970. */
	time?: number;
	id?: string;
	actor?: Person;
	/** Whom the event happened to, where it names somebody. */
	target?: Person;
	formerOwner?: Person;
	address?: string;
	/** The address, if it is an IP address. */
	ip?: string;
	client?: { original: string; name: string; version?: string };
	enterpriseId?: string;
	resultCode?: string;
	/** The records, folders, teams and so on that the event names. */
	subjects: Subject[];
}

export interface Person {
	name: string;
	email?: string;
	domain?: string;
}

export interface Subject {
	type: string;
	uid: string;
}

/** Fields that name what an event is about (Keeper, "Event descriptions", field reference). */
const SUBJECT_FIELDS: Array<[field: string, type: string]> = [
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

/** Words in a code or result that tell of a failure, for events that are not in the catalogue. */
const FAILED = /fail|denied|invalid|error|throttle|reject|expired|locked|mismatch|incorrect/i;

/** Reads the documented fields of an event, tolerating that any is absent or of another type. */
export function readEnvelope(event: AuditEvent): Envelope {
	const code = eventCode(event);
	const known = EVENT_CATALOGUE.get(code);
	const resultCode = textOf(event.result_code);
	const address = textOf(event.remote_address);
	return {
		event,
		code,
		label: known?.label ?? eventLabel(code),
		known,
		category: textOf(event.category) ?? known?.group.category,
		outcome: outcomeOf(code, known, resultCode),
		time: eventTime(event),
		id: eventId(event)?.replace(/^[^:]*:/, ''),
		actor: personOf(event.username),
		target: personOf(event.to_username),
		formerOwner: personOf(event.from_username),
		address,
		ip: address !== undefined && parseIp(address) ? address : undefined,
		client: clientOf(textOf(event.client_version)),
		enterpriseId: textOf(event.enterprise_id),
		resultCode,
		subjects: subjectsOf(event),
	};
}

function outcomeOf(
	code: string,
	known: CataloguedEvent | undefined,
	result: string | undefined,
): Outcome {
	if (known?.outcome === 'failure') return 'failure';
	if (result !== undefined && FAILED.test(result)) return 'failure';
	if (known) return 'success';
	return FAILED.test(code) ? 'failure' : 'unknown';
}

function personOf(value: unknown): Person | undefined {
	const name = typeof value === 'string' ? textOf(value) : undefined;
	if (name === undefined) return undefined;
	const at = name.lastIndexOf('@');
	if (at <= 0 || at === name.length - 1) return { name };
	return { name, email: name, domain: name.slice(at + 1) };
}

/** `Web Vault 16.10.5` and `EMConsole.15.3.4` are both a product and its version. */
function clientOf(original: string | undefined): Envelope['client'] {
	if (original === undefined) return undefined;
	const start = original.search(/[ .]v?\d/);
	if (start <= 0) return { original, name: original };
	return { original, name: original.slice(0, start), version: original.slice(start + 1) };
}

function subjectsOf(event: AuditEvent): Subject[] {
	const subjects: Subject[] = [];
	for (const [field, type] of SUBJECT_FIELDS) {
		const uid = textOf(event[field]);
		if (uid !== undefined) subjects.push({ type, uid });
	}
	return subjects;
}

/** Text or a number as text; ids come as either. Undefined for anything else and for nothing. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	return text === '' ? undefined : text;
}
