import type { AuditEvent } from '../../event/audit-event';
import { compact } from '../compact';
import { describe, readEnvelope, type Envelope } from '../envelope/envelope';
import type { Person } from '../envelope/people';
import type { Thing } from '../envelope/things';
import { udmTypeOf, type UdmEventType } from './event-types';

type Json = Record<string, unknown>;

/**
 * An event of Google Security Operations' Unified Data Model, with the JSON names of the API (UDM
 * field list and usage guide). Whoever acts is the principal, whom or what it happens to the target,
 * and everybody and everything else is under `about`. The event itself is under `additional`.
 *
 * receivedAt: milliseconds since 1970; the time of an event that has none.
 */
export function toUdm(event: AuditEvent, receivedAt = 0): Json {
	const envelope = readEnvelope(event);
	const { code, outcome, severity, enterpriseId, client } = envelope;
	const { people, things } = envelope;
	const type = typeOf(envelope);
	const isSession = type === 'USER_LOGIN' || type === 'USER_LOGOUT';
	const concerned = people.target ?? (isUserEvent(type) ? people.actor : undefined);
	const failed = outcome === 'failure';
	// "A login (AUTH_VIOLATION) which was blocked (BLOCK)"
	const failure = type === 'USER_LOGIN' ? 'BLOCK' : 'FAIL';
	return compact({
		metadata: compact({
			eventTimestamp: new Date(envelope.time ?? receivedAt).toISOString(),
			eventType: type,
			vendorName: 'Keeper Security',
			productName: 'Keeper',
			productEventType: code || undefined,
			productLogId: envelope.id,
			productDeploymentId: enterpriseId,
			description: describe(envelope),
		}),
		principal: principalOf(envelope),
		target: compact({
			application: 'Keeper',
			hostname: 'keepersecurity.com',
			user: concerned && userOf(concerned),
			resource: isSession ? undefined : resourceOf(things[0], envelope),
		}),
		about: aboutOf(envelope, concerned, isSession),
		network: client && { http: { userAgent: client.original } },
		securityResult: [
			compact({
				action: outcome === 'unknown' ? undefined : [failed ? failure : 'ALLOW'],
				category: failed && type === 'USER_LOGIN' ? ['AUTH_VIOLATION'] : undefined,
				severity: severity.toUpperCase(),
				summary: envelope.label || undefined,
				description: envelope.resultCode,
			}),
		],
		// "Must identify the type of authentication system"; Keeper's events do not say which.
		extensions: isSession ? { auth: { type: 'AUTHTYPE_UNSPECIFIED' } } : undefined,
		additional: { keeper: event },
	});
}

/** Event types require a user who acts or one who is concerned; without, an event is generic. */
function typeOf({ known, people }: Envelope): UdmEventType {
	const type = udmTypeOf(known?.kindName);
	return people.actor || (people.target && isUserEvent(type)) ? type : 'GENERIC_EVENT';
}

/** Event types that require a user as their target. */
const OF_USERS = new Set<UdmEventType>([
	'USER_LOGIN',
	'USER_LOGOUT',
	'USER_CREATION',
	'USER_DELETION',
	'USER_CHANGE_PASSWORD',
	'USER_CHANGE_PERMISSIONS',
	'USER_UNCATEGORIZED',
]);
const isUserEvent = (type: UdmEventType) => OF_USERS.has(type);

function principalOf({ people, address, deviceName }: Envelope): Json | undefined {
	const { ips, port, text } = address;
	const principal = compact({
		user: people.actor && userOf(people.actor),
		ip: ips.length > 0 ? ips : undefined,
		// "If a port is specified, the ip field must include only one value."
		port: ips.length === 1 ? port : undefined,
		hostname: deviceName ?? (ips.length === 0 ? text : undefined),
	});
	return Object.keys(principal).length > 0 ? principal : undefined;
}

const userOf = ({ name, email, id }: Person): Json =>
	compact({ userid: name, emailAddresses: email && [email], productObjectId: id });

/** What it is about; by its code where the event names nothing. */
function resourceOf(thing: Thing | undefined, { known }: Envelope): Json | undefined {
	if (thing) {
		return compact({
			productObjectId: thing.uid,
			name: thing.name ?? thing.uid,
			resourceSubtype: thing.type,
		});
	}
	const entity = known?.entity ?? 'Keeper';
	return { name: entity, resourceSubtype: entity };
}

/** Everybody and everything that is neither principal nor target. */
function aboutOf(
	envelope: Envelope,
	concerned: Person | undefined,
	isSession: boolean,
): Json[] | undefined {
	const { people, things, address, addresses } = envelope;
	const named = new Set([people.actor?.name, concerned?.name]);
	const ids = new Set([concerned?.id]);
	const others = people.all.filter(
		({ name, id }) => !named.has(name) || !(id === undefined || ids.has(id)),
	);
	const further = addresses.filter((ip) => !address.ips.includes(ip));
	const about = [
		...others.map((person) => ({ user: userOf(person) })),
		...(isSession ? things : things.slice(1)).map((thing) => ({
			resource: resourceOf(thing, envelope),
		})),
		...further.map((ip) => ({ ip: [ip] })),
	];
	return about.length > 0 ? about : undefined;
}
