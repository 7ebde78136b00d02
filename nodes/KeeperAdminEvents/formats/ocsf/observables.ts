import type { Envelope } from '../envelope/envelope';
import type { OcsfDocument } from './ocsf-classes';

/** Observable types of OCSF's dictionary. */
const TYPES: Record<string, [id: number, caption: string]> = {
	ip: [2, 'IP Address'],
	person: [4, 'User Name'],
	thing: [10, 'Resource UID'],
	other: [99, 'Other'],
};

/**
 * Every person, address, device and thing that an event names, each once, with the attribute that
 * holds it: the one of the class where it has one, else the event's own field.
 */
export function observablesOf(
	envelope: Envelope,
	details: OcsfDocument,
): OcsfDocument[] | undefined {
	const wanted = new Map<string, keyof typeof TYPES>();
	for (const { name, id } of envelope.people.all) {
		wanted.set(name, 'person');
		if (id !== undefined) wanted.set(id, 'person');
	}
	for (const ip of envelope.addresses) wanted.set(ip, 'ip');
	if (envelope.deviceName !== undefined) wanted.set(envelope.deviceName, 'other');
	for (const { uid } of envelope.things) if (!wanted.has(uid)) wanted.set(uid, 'thing');
	if (wanted.size === 0) return undefined;
	const places = new Map<string, string>();
	place(details, '', wanted, places);
	place(envelope.event, 'unmapped.', wanted, places);
	const observables: OcsfDocument[] = [];
	for (const [value, sort] of wanted) {
		const name = places.get(value);
		const [id, type] = TYPES[sort] as [number, string];
		observables.push(
			name === undefined ? { type_id: id, type, value } : { name, type_id: id, type, value },
		);
	}
	return observables;
}

/** Notes where in a document each of the wanted values is first held. */
function place(
	record: Record<string, unknown>,
	prefix: string,
	wanted: ReadonlyMap<string, unknown>,
	places: Map<string, string>,
): void {
	for (const key of Object.keys(record)) {
		if (places.size === wanted.size) return;
		const value = record[key];
		if (typeof value === 'string' || typeof value === 'number') {
			const text = String(value);
			if (wanted.has(text) && !places.has(text)) places.set(text, prefix + key);
		} else if (Array.isArray(value)) {
			for (const [index, entry] of value.entries()) {
				place({ [`${prefix}${key}[${index}]`]: entry }, '', wanted, places);
			}
		} else if (typeof value === 'object' && value !== null) {
			place(value as Record<string, unknown>, `${prefix}${key}.`, wanted, places);
		}
	}
}
