import { Failed } from '../../shared/failure';
import { isJsonObject } from '../../shared/json';
import type { AuditEvent } from '../event/audit-event';

/** One page of events and where the next one is. */
export interface Page {
	events: AuditEvent[];
	/** The service says, or may mean, that more follows. */
	more: boolean;
	/** What to ask the next page with; undefined when the service gave none. */
	token?: string;
}

/**
 * Keys that may hold the events. The documentation does not show the name, so the likely ones
 * are tried in this order; `events` is what the endpoint is called.
 */
const EVENT_KEYS = ['events', 'audit_events', 'auditEvents', 'data', 'items', 'results'] as const;

/**
 * Reads one response of the events endpoint.
 *
 * More pages follow when has_more is true, or when has_more is absent and a token is given;
 * has_more false ends the list whatever the token says.
 *
 * @param body the decoded JSON
 * @throws Failed when no list of events can be found, naming the keys received
 */
export function readPage(body: unknown): Page {
	if (Array.isArray(body)) return { events: onlyEvents(body), more: false };
	if (!isJsonObject(body)) {
		throw unreadable(`The service answered with ${describe(body)} instead of a page of events`);
	}
	const token = readToken(body.continuation_token);
	const more = readMore(body.has_more, token);
	const list = findList(body);
	if (list) return { events: onlyEvents(list), more, token };
	// An empty result may leave the list out or null; then nothing may hint at there being more.
	if (!more && ('has_more' in body || 'continuation_token' in body) && !('error' in body)) {
		return { events: [], more: false };
	}
	const keys = Object.keys(body).slice(0, 20);
	const received = keys.join(', ') || 'none';
	throw unreadable(`The service's answer holds no list of events. Keys received: ${received}`);
}

function unreadable(message: string): Failed {
	return new Failed({
		message,
		description: "Check 'Region' or 'Base URL' of the credential.",
		cause: 'configuration-invalid',
	});
}

function findList(body: Record<string, unknown>): unknown[] | undefined {
	for (const key of EVENT_KEYS) if (Array.isArray(body[key])) return body[key];
	// A list under a name not foreseen, yet unmistakably of events.
	const lists = Object.values(body).filter(Array.isArray);
	return lists.find((list) => isJsonObject(list[0]) && typeof list[0].audit_event === 'string');
}

function onlyEvents(list: unknown[]): AuditEvent[] {
	if (list.every(isJsonObject)) return list;
	const odd = list.find((entry) => !isJsonObject(entry));
	throw unreadable(`The service's list of events holds ${describe(odd)}`);
}

function readToken(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value !== '' ? value : undefined;
}

function readMore(value: unknown, token: string | undefined): boolean {
	if (typeof value === 'boolean') return value;
	if (typeof value === 'string') return value.toLowerCase() === 'true';
	return token !== undefined;
}

function describe(value: unknown): string {
	if (value === null || value === undefined || value === '') return 'nothing';
	return Array.isArray(value)
		? 'a list'
		: typeof value === 'object'
			? 'an object'
			: `a ${typeof value}`;
}
