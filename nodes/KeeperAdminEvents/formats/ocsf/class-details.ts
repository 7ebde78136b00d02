import { eventKey } from '../../event/event-key';
import { compact } from '../compact';
import type { Envelope } from '../envelope/envelope';
import type { Person } from '../envelope/people';
import type { Benchmark } from './benchmarks';
import { entityOf, fileOf, groupOf, resourcesOf, userOf, vaultOf, webResourcesOf } from './objects';
import type { OcsfDocument } from './ocsf-classes';

export interface ReadContext {
	activity: number;
	/** Milliseconds since 1970. */
	receivedAt: number;
	benchmark?: Benchmark;
}

type Details = (envelope: Envelope, context: ReadContext) => OcsfDocument;

/** What a class says beyond the attributes that all share. */
export function detailsOf(
	envelope: Envelope,
	classUid: number,
	context: ReadContext,
): OcsfDocument {
	return compact(DETAILS[classUid]?.(envelope, context) ?? {});
}

const DETAILS: Record<number, Details> = {
	2003: (envelope, context) => ({
		...findingOf(envelope, context),
		compliance: compact({
			standards: ['Keeper Security Benchmark'],
			control: envelope.label,
			status_id: context.benchmark?.compliance?.[0],
			status: context.benchmark?.compliance?.[1],
		}),
	}),
	2004: (envelope, context) => ({
		...findingOf(envelope, context),
		is_alert: context.activity === 1,
	}),
	3001: (envelope) => ({
		...origin(envelope),
		user: userOf(affected(envelope)),
		auth_factors: factorsOf(envelope),
	}),
	3002: (envelope) => ({
		...origin(envelope),
		user: userOf(affected(envelope)),
		service: { name: 'Keeper' },
		is_remote: true,
	}),
	3004: (envelope) =>
		envelope.known?.kindName === 'vaultMove'
			? { ...origin(envelope), ...vaultOf(envelope.people) }
			: { ...origin(envelope), entity: entityOf(envelope) },
	3005: (envelope) => ({
		...origin(envelope),
		user: userOf(envelope.people.receiver ?? affected(envelope)),
		privileges: [privilegeOf(envelope)],
		resources: resourcesOf(envelope),
	}),
	3006: (envelope) => ({
		...origin(envelope),
		group: groupOf(envelope),
		user: envelope.people.target && userOf(envelope.people.target),
		resource: resourcesOf(envelope)?.find(({ type }) => type !== 'Team'),
	}),
	6001: (envelope) => ({ ...origin(envelope), web_resources: webResourcesOf(envelope) }),
	6002: (envelope) => ({
		actor: actorOf(envelope),
		device: deviceOf(envelope),
		app: appOf(envelope),
	}),
	6003: (envelope) => ({
		...origin(envelope),
		api: { operation: envelope.code, service: { name: 'Keeper' } },
		resources: resourcesOf(envelope),
	}),
	6006: (envelope) => ({ ...origin(envelope), file: fileOf(envelope) }),
	// 0: whether the job was started by hand or by schedule is not known.
	6007: (envelope) => ({
		actor: actorOf(envelope),
		device: deviceOf(envelope),
		scan: compact({
			name: 'Discovery Job',
			uid: envelope.things[0]?.uid,
			type_id: 0,
			type: 'Unknown',
		}),
	}),
};

/** Who did it, with what, and from where. */
function origin(envelope: Envelope): OcsfDocument {
	return { actor: actorOf(envelope), src_endpoint: endpointOf(envelope) };
}

function actorOf({ people, client }: Envelope): OcsfDocument {
	return compact({ user: userOf(people.actor), app_name: client?.name });
}

function endpointOf({ address, deviceName }: Envelope): OcsfDocument {
	const { text, ips, port } = address;
	const name = deviceName ?? (ips.length === 0 ? (text ?? 'Unknown') : undefined);
	const intermediate = ips.length > 1 ? ips.slice(1) : undefined;
	return compact({ ip: ips[0], port, name, intermediate_ips: intermediate });
}

/** The machine that it happened on; 0: which sort of machine is not known. */
function deviceOf({ address, deviceName }: Envelope): OcsfDocument | undefined {
	const [ip] = address.ips;
	if (ip === undefined && deviceName === undefined) return undefined;
	return compact({ ip, name: deviceName, type_id: 0, type: 'Unknown' });
}

/** A role where one is given or taken; else what the act itself allows. */
function privilegeOf({ known, things, code }: Envelope): string {
	const isRole = known?.kindName === 'roleGrant' || known?.kindName === 'roleRevoke';
	const role = isRole ? things.find(({ type }) => type === 'Role') : undefined;
	return role?.uid ?? code;
}

/** Whom it happened to; who acted only where acts of that sort are done to oneself. */
function affected({ people, known }: Envelope): Person | undefined {
	return people.target ?? (known?.happensToOthers ? undefined : people.actor);
}

/**
 * The finding itself. Findings about one record share an identifier, so that the one that resolves
 * can be matched with the one that reported.
 */
function findingOf(envelope: Envelope, { receivedAt }: ReadContext): OcsfDocument {
	const { known, code, label, things, id, event, time } = envelope;
	const record = things.find(({ type }) => type === 'Record');
	const subject = known?.kindName === 'benchmark' ? code : record?.uid;
	const group = known?.group;
	return {
		finding_info: {
			uid: subject === undefined ? (id ?? eventKey(event)) : `${group?.category}/${subject}`,
			title: label,
			created_time: time ?? receivedAt,
			types: [group?.label],
		},
		evidences: [origin(envelope)],
		resources: resourcesOf(envelope),
	};
}

/** 99: the names of Keeper's channels are its own. */
function factorsOf({ channel, known }: Envelope): OcsfDocument[] | undefined {
	const isFactor = known?.kindName === 'factorOn' || known?.kindName === 'factorOff';
	if (!isFactor || channel === undefined) return undefined;
	return [{ factor_type_id: 99, factor_type: channel }];
}

function appOf({ known, things, event, client }: Envelope): OcsfDocument {
	const { service } = event;
	const name = typeof service === 'string' && service !== '' ? service : known?.entity;
	return compact({ name: name ?? 'Unknown', uid: things[0]?.uid, version: client?.version });
}
