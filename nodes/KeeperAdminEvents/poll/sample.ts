import type { AuditEvent } from '../event/audit-event';
import { eventTime } from '../event/audit-event';
import { DAY, HOUR, MINUTE } from '../cursor/cursor-options';
import { readPages } from '../reading/pager';
import type { PollSettings } from './poll-settings';

/** How far back a sample reaches, step by step, until it holds enough. */
const SPANS = [15 * MINUTE, HOUR, DAY];
const SAMPLE_SIZE = 10;
const PAGES_PER_SPAN = 5;
/** A host that is behind the service would miss the newest events. */
const HEADROOM = 5 * MINUTE;

/** The latest wanted events of the last day, at most ten, oldest first. */
export async function readSample(
	{ fetchPage, pageSize, cursor }: PollSettings,
	now: number,
): Promise<AuditEvent[]> {
	let found: AuditEvent[] = [];
	for (const span of SPANS) {
		found = [];
		let pages = 0;
		const query = { start: now - span, end: now + HEADROOM, limit: pageSize };
		for await (const page of readPages(query, fetchPage)) {
			if (page.restart) found = [];
			found.push(...page.events.filter(cursor.wanted));
			if (++pages >= PAGES_PER_SPAN) break;
		}
		if (found.length >= SAMPLE_SIZE) break;
	}
	return found.sort((a, b) => (eventTime(a) ?? now) - (eventTime(b) ?? now)).slice(-SAMPLE_SIZE);
}
