import {
	catalogued,
	eventLabel,
	type CataloguedEvent,
	type Severity,
} from '../../catalogue/event-catalogue';
import { eventCode, eventTime, type AuditEvent } from '../../event/audit-event';
import { eventId } from '../../event/event-key';
import { readAddress, type RemoteAddress } from '../../event/remote-address';
import { readAddresses } from './addresses';
import { outcomeOf, type Outcome } from './outcome';
import { readPeople, type People } from './people';
import { textOf } from './text';
import { readThings, type Thing } from './things';

/** What an event says, read once for all output formats. Absent fields are undefined. */
export interface Envelope {
	event: AuditEvent;
	code: string;
	label: string;
	/** Undefined for a code that is not in the catalogue. */
	known?: CataloguedEvent;
	category?: string;
	outcome: Outcome;
	severity: Severity;
	/** Milliseconds since 1970. */
	time?: number;
	id?: string;
	people: People;
	/** Where it came from. */
	address: RemoteAddress;
	/** Every IP address in it, those it came from first. */
	addresses: string[];
	client?: Client;
	enterpriseId?: string;
	resultCode?: string;
	deviceName?: string;
	/** The second factor that an event is about. */
	channel?: string;
	/** The records, folders, teams and so on that the event names. */
	things: Thing[];
}

export interface Client {
	original: string;
	name: string;
	version?: string;
}

/** Reads the documented fields of an event, tolerating that any is absent or of another type. */
export function readEnvelope(event: AuditEvent): Envelope {
	const given = eventCode(event);
	const known = catalogued(given);
	const code = known?.code ?? given;
	const resultCode = textOf(event.result_code);
	const outcome = outcomeOf(code, known, resultCode);
	const address = readAddress(event.remote_address);
	return {
		event,
		code,
		label: known?.label ?? eventLabel(code),
		known,
		category: textOf(event.category) ?? known?.group.category,
		outcome,
		severity: known?.severity ?? (outcome === 'failure' ? 'low' : 'informational'),
		time: eventTime(event),
		id: eventId(event)?.replace(/^[^:]*:/, ''),
		people: readPeople(event, code),
		address,
		addresses: readAddresses(event, address),
		client: clientOf(textOf(event.client_version)),
		enterpriseId: textOf(event.enterprise_id),
		resultCode,
		deviceName: textOf(event.device_name),
		channel: textOf(event.channel),
		things: readThings(event, code),
	};
}

/** The event in a sentence: what, by whom, to whom, from where. */
export function describe({ label, people, address }: Envelope): string {
	const { actor, target, receiver } = people;
	const parts = [label || 'Audit event'];
	if (actor) parts.push(`by ${actor.name}`);
	if (target) parts.push(`for ${target.name}`);
	if (receiver) parts.push(`to ${receiver.name}`);
	if (address.text !== undefined) parts.push(`from ${address.text}`);
	return parts.join(' ');
}

/** `Web Vault 16.10.5` and `EMConsole.15.3.4` are both a product and its version. */
function clientOf(original: string | undefined): Client | undefined {
	if (original === undefined) return undefined;
	const start = original.search(/[ .]v?\d/);
	if (start <= 0) return { original, name: original };
	return { original, name: original.slice(0, start), version: original.slice(start + 1) };
}
