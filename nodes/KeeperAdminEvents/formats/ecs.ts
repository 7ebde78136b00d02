import type { AuditEvent } from '../event/audit-event';
import { compact } from './compact';
import { readEnvelope, type Envelope, type Person } from './normalized-event';

/** The version of the Elastic Common Schema that the documents follow. */
export const ECS_VERSION = '9.4.0';

export type EcsDocument = Record<string, unknown>;

/**
 * An event as a document of the Elastic Common Schema. The event itself, with every field it
 * came with, is under `keeper.audit`.
 *
 * receivedAt: when the event was fetched, in milliseconds since 1970; stands in for the event's
 * own time where it has none. Field names and allowed values: ECS 9.4 field reference.
 */
export function toEcs(event: AuditEvent, receivedAt?: number): EcsDocument {
	const envelope = readEnvelope(event);
	const { address, client, enterpriseId } = envelope;
	const time = envelope.time ?? receivedAt;
	return compact({
		'@timestamp': time === undefined ? undefined : new Date(time).toISOString(),
		ecs: { version: ECS_VERSION },
		message: describe(envelope),
		event: eventFields(envelope),
		user: userFields(envelope),
		source: address === undefined ? undefined : compact({ address, ip: envelope.ip }),
		organization: enterpriseId === undefined ? undefined : { id: enterpriseId },
		user_agent: client && compact({ ...client }),
		group: groupFields(envelope),
		observer: { vendor: 'Keeper Security', product: 'Keeper', type: 'password-manager' },
		related: relatedFields(envelope),
		labels: envelope.category === undefined ? undefined : { keeper_category: envelope.category },
		tags: envelope.known?.risky ? ['risky'] : undefined,
		keeper: { audit: event },
	});
}

function eventFields({ code, known, outcome, id, resultCode }: Envelope): EcsDocument {
	const isFinding = known?.kind.ocsf.class === 2004 && known.kind.ocsf.activity === 1;
	return compact({
		kind: isFinding ? 'alert' : 'event',
		// An event that is not catalogued is filed under no category rather than a wrong one.
		category: known?.kind.ecs.category,
		type: known?.kind.ecs.type,
		action: code === '' ? undefined : code,
		outcome,
		reason: resultCode,
		id,
		module: 'keeper',
		dataset: 'keeper.audit',
		provider: 'Keeper Security',
	});
}

function userFields({ actor, target }: Envelope): EcsDocument | undefined {
	if (!actor && !target) return undefined;
	return compact({ ...personFields(actor), target: target && personFields(target) });
}

function personFields(person: Person | undefined): EcsDocument {
	return person ? compact({ ...person }) : {};
}

function groupFields({ known, subjects }: Envelope): EcsDocument | undefined {
	if (known?.kind.ocsf.class !== 3006) return undefined;
	const group = subjects.find(({ type }) => type === 'Team' || type === 'Role');
	return group && { id: group.uid };
}

function relatedFields({ actor, target, formerOwner, ip }: Envelope): EcsDocument | undefined {
	const people = [actor, target, formerOwner].flatMap((person) => (person ? [person.name] : []));
	if (people.length === 0 && ip === undefined) return undefined;
	return compact({
		user: people.length > 0 ? [...new Set(people)] : undefined,
		ip: ip === undefined ? undefined : [ip],
	});
}

function describe({ label, actor, target, address }: Envelope): string {
	const parts = [label || 'Audit event'];
	if (actor) parts.push(`by ${actor.name}`);
	if (target) parts.push(`for ${target.name}`);
	if (address !== undefined) parts.push(`from ${address}`);
	return parts.join(' ');
}
