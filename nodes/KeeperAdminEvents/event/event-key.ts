import { hash } from 'node:crypto';
import type { AuditEvent } from './audit-event';

/** Characters in an event key: 72 bits of SHA-256 in base64url. */
export const KEY_LENGTH = 12;

/** Fields that would name an event, if the service should ever send one. None is documented. */
const ID_FIELDS = ['id', 'event_id', 'uuid'] as const;

/** The event's own id, or undefined: the documented envelope has none. */
export function eventId(event: AuditEvent): string | undefined {
	for (const field of ID_FIELDS) {
		const value = event[field];
		if (typeof value === 'string' && value !== '') return `${field}:${value}`;
		if (typeof value === 'number' && Number.isFinite(value)) return `${field}:${value}`;
	}
	return undefined;
}

/**
 * Text that is equal for equal JSON values, whatever the order of their keys at any depth, and
 * different for different ones. Strings carry their length, which is cheaper than escaping them.
 * Keys whose value is undefined are left out, as JSON leaves them out.
 */
export function canonicalText(value: unknown): string {
	if (typeof value === 'string') return `"${value.length}"${value}`;
	if (typeof value !== 'object' || value === null) return `${String(value)};`;
	if (Array.isArray(value)) return `[${value.map(canonicalText).join('')}]`;
	const record = value as Record<string, unknown>;
	let text = '{';
	for (const key of Object.keys(record).sort()) {
		const member = record[key];
		if (member !== undefined) text += `"${key.length}"${key}${canonicalText(member)}`;
	}
	return `${text}}`;
}

/**
 * A short name for an event: its own id when it carries one, else its content.
 * Equal for two deliveries of one event; two events of equal content (twins) share it, so
 * keys are to be counted, not merely collected. Of 20,000 events two differing ones share a
 * key with a probability below 1 in 10^13.
 */
export function eventKey(event: AuditEvent): string {
	const name = eventId(event) ?? canonicalText(event);
	return hash('sha256', name, 'base64url').slice(0, KEY_LENGTH);
}
