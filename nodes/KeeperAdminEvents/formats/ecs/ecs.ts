import type { Severity } from '../../catalogue/event-catalogue';
import { ecsCategoryOf } from '../../catalogue/unknown-events';
import type { AuditEvent } from '../../event/audit-event';
import { compact } from '../compact';
import { describe, readEnvelope, type Envelope } from '../envelope/envelope';
import { relatedOf } from '../envelope/related';

/** The version of the Elastic Common Schema that the documents follow. */
export const ECS_VERSION = '9.4.0';

export type EcsDocument = Record<string, unknown>;

/** The numbers that Elastic Security gives its own severities as risk scores. */
const SEVERITIES: Record<Severity, number> = {
	informational: 0,
	low: 21,
	medium: 47,
	high: 73,
	critical: 99,
};

/**
 * An event as a document of the Elastic Common Schema. The event itself, with every field it
 * came with, is under `keeper.audit`; `keeper.uids` lists what it names, `keeper.role_id` its role.
 *
 * receivedAt: when the event was fetched, in milliseconds since 1970; stands in for the event's
 * own time where it has none. Field names and allowed values: ECS 9.4 field reference.
 */
export function toEcs(event: AuditEvent, receivedAt?: number): EcsDocument {
	const envelope = readEnvelope(event);
	const { enterpriseId } = envelope;
	const received = receivedAt === undefined ? undefined : isoTime(receivedAt);
	return compact({
		'@timestamp': envelope.time === undefined ? received : isoTime(envelope.time),
		ecs: { version: ECS_VERSION },
		message: describe(envelope),
		event: eventFields(envelope, received),
		user: userFields(envelope),
		source: sourceFields(envelope),
		organization: enterpriseId === undefined ? undefined : { id: enterpriseId },
		user_agent: userAgentFields(envelope),
		group: groupFields(envelope),
		observer: { vendor: 'Keeper Security', product: 'Keeper', type: 'password-manager' },
		related: relatedFields(envelope),
		labels: labelFields(envelope),
		tags: envelope.known?.risky ? ['risky'] : undefined,
		keeper: keeperFields(envelope),
	});
}

const isoTime = (time: number) => new Date(time).toISOString();

function eventFields(envelope: Envelope, received: string | undefined): EcsDocument {
	const { code, known, category, outcome, severity, id, event, resultCode } = envelope;
	const isFinding = known?.kind.ocsf.class === 2004 && known.kind.ocsf.activity === 1;
	// An unknown event is filed by the category it names, and under none rather than a wrong one.
	const guessed = known ? undefined : ecsCategoryOf(category);
	return compact({
		kind: isFinding ? 'alert' : 'event',
		category: known?.kind.ecs.category ?? (guessed && [guessed]),
		type: known?.kind.ecs.type ?? (guessed && ['info']),
		action: code === '' ? undefined : code,
		outcome,
		severity: SEVERITIES[severity],
		reason: known?.kindName === 'benchmark' ? benchmarkResult(event) : resultCode,
		id,
		ingested: received,
		module: 'keeper',
		dataset: 'keeper.audit',
		provider: 'Keeper Security',
	});
}

function benchmarkResult({ value }: AuditEvent): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function userFields({ people: { actor, target } }: Envelope): EcsDocument | undefined {
	if (!actor && !target) return undefined;
	return compact({ ...actor, target: target && { ...target } });
}

function sourceFields({ address: { text, ips, port } }: Envelope): EcsDocument | undefined {
	return text === undefined ? undefined : compact({ address: text, ip: ips[0], port });
}

function userAgentFields({ client, deviceName }: Envelope): EcsDocument | undefined {
	if (!client && deviceName === undefined) return undefined;
	return compact({
		...client,
		device: deviceName === undefined ? undefined : { name: deviceName },
	});
}

function groupFields({ known, things }: Envelope): EcsDocument | undefined {
	if (known?.kind.ocsf.class !== 3006) return undefined;
	const team = things.find(({ type }) => type === 'Team');
	return team && { id: team.uid };
}

function relatedFields(envelope: Envelope): EcsDocument | undefined {
	const { address, deviceName } = envelope;
	const hosts = deviceName === undefined ? [] : [deviceName];
	if (address.text !== undefined && address.ips.length === 0) hosts.push(address.text);
	const { users, addresses } = relatedOf(envelope);
	const lists = { user: users, ip: addresses, hosts };
	const filled = Object.entries(lists).filter(([, list]) => list.length > 0);
	return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

function labelFields({ category, channel }: Envelope): EcsDocument | undefined {
	if (category === undefined && channel === undefined) return undefined;
	return compact({ keeper_category: category, keeper_channel: channel });
}

function keeperFields(envelope: Envelope): EcsDocument {
	const { things, event } = envelope;
	const role = things.find(({ type }) => type === 'Role');
	return compact({
		role_id: role?.uid,
		uids: things.length > 0 ? relatedOf(envelope).uids : undefined,
		audit: event,
	});
}
