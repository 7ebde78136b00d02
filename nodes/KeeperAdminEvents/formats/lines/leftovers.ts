import type { AuditEvent } from '../../event/audit-event';

/** Fields that every line has a key of its own for. */
const MAPPED = new Set([
	'audit_event',
	'category',
	'client_version',
	'enterprise_id',
	'result_code',
	'timestamp',
	'username',
]);

/**
 * What an event holds besides, as texts by field: everything whose value no key has yet, so that
 * nothing of an event is missing from its line. Nested values are JSON.
 */
export function leftovers(event: AuditEvent, told: ReadonlySet<string>): Array<[string, string]> {
	const rest: Array<[string, string]> = [];
	for (const field of Object.keys(event)) {
		if (MAPPED.has(field)) continue;
		const value = event[field];
		if (value === undefined || value === null) continue;
		const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
		if (text !== '' && !told.has(text)) rest.push([field, text]);
	}
	return rest;
}

/** The beginning of a text, at most so many characters, never half of one. */
export function cut(text: string, most: number): string {
	if (text.length <= most) return text;
	const end = text.charCodeAt(most - 1);
	// 0xD800 to 0xDBFF: the first half of a pair.
	return text.slice(0, end >= 0xd800 && end <= 0xdbff ? most - 1 : most);
}

/** A text without control characters, which may end a line or a field. Blanks stand for them. */
export function printable(text: string): string {
	return text.replace(CONTROLS, ' ');
}

const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;
