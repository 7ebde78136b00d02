import { compact } from '../compact';
import type { Envelope } from '../envelope/envelope';
import type { People, Person } from '../envelope/people';
import { textOf } from '../envelope/text';
import { OTHER, type OcsfDocument } from './ocsf-classes';

const DEVICE = 1;

export interface Resource extends OcsfDocument {
	type: string;
	uid: string;
}

export function userOf(person: Person | undefined): OcsfDocument {
	if (!person) return { name: 'Unknown' };
	const { name, email, domain, id } = person;
	return compact({ name, email_addr: email, domain, uid: id });
}

export function groupOf({ things, event }: Envelope): OcsfDocument {
	const team = things.find(({ type }) => type === 'Team');
	if (team) return { uid: team.uid, type: team.type };
	return { name: textOf(event.name) ?? 'Unknown' };
}

/** What was managed: the first thing the event names, a device, else what its code is about. */
export function entityOf({ things, known, deviceName, event }: Envelope): OcsfDocument {
	const type = known?.entity ?? 'Unknown';
	const name = textOf(event.name);
	if (type === 'Device' && deviceName !== undefined) {
		const device = { name: deviceName, type_id: 0, type: 'Unknown' };
		return { type_id: DEVICE, type, name: deviceName, device };
	}
	const [thing] = things;
	if (!thing) return { type_id: OTHER, type, name: name ?? type };
	return compact({
		type_id: OTHER,
		type: thing.type,
		uid: thing.uid,
		name: thing.name ?? name,
		data: things.length > 1 ? { things } : undefined,
	});
}

/** A vault that changes hands: whose it was, and whose it is now. */
export function vaultOf({ target, receiver }: People): OcsfDocument {
	const vault = (owner: Person | undefined) => ({
		type_id: OTHER,
		type: 'Vault',
		name: 'Vault',
		user: userOf(owner),
	});
	return compact({ entity: vault(target), entity_result: receiver && vault(receiver) });
}

export function fileOf({ things }: Envelope): OcsfDocument {
	const attachment = things.find(({ type }) => type === 'Attachment');
	// 1: a regular file.
	return compact({ name: attachment?.uid ?? 'Unknown', uid: attachment?.uid, type_id: 1 });
}

export function resourcesOf({ things }: Envelope): Resource[] | undefined {
	if (things.length === 0) return undefined;
	return things.map(({ type, uid, name }) => compact({ type, uid, name }) as Resource);
}

/** What was shared, read or exported; its sort where the event names nothing. */
export function webResourcesOf(envelope: Envelope): OcsfDocument[] {
	const sort = envelope.known?.entity ?? 'Unknown';
	return resourcesOf(envelope) ?? [{ type: sort, name: sort }];
}
