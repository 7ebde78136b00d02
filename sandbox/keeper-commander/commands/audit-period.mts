import type { AuditEvent } from '../company/company.mts';
import { CommandError } from './command.mts';

const DAY = 86_400_000;
const NAMED: Record<string, (now: Date) => [Date | number, Date | number]> = {
	today: (now) => [startOfDay(now), now],
	yesterday: (now) => [startOfDay(now).getTime() - DAY, startOfDay(now)],
	last_7_days: (now) => [now.getTime() - 7 * DAY, now],
	last_30_days: (now) => [now.getTime() - 30 * DAY, now],
	month_to_date: (now) => [new Date(now.getFullYear(), now.getMonth(), 1), now],
	last_month: (now) => [
		new Date(now.getFullYear(), now.getMonth() - 1, 1),
		new Date(now.getFullYear(), now.getMonth(), 1),
	],
	year_to_date: (now) => [new Date(now.getFullYear(), 0, 1), now],
	last_year: (now) => [new Date(now.getFullYear() - 1, 0, 1), new Date(now.getFullYear(), 0, 1)],
};

/** The events that a `--created` filter lets through. @throws {CommandError} where it cannot be read */
export function eventsWithin(
	events: AuditEvent[],
	filter: string | undefined,
	now: number,
): AuditEvent[] {
	if (filter === undefined) return [...events];
	const named = NAMED[filter]?.(new Date(now));
	if (named) {
		const [from, to] = named.map(Number) as [number, number];
		return events.filter(({ created }) => created >= from && created <= to);
	}
	const between = /^between (\S+) and (\S+)$/.exec(filter);
	if (between)
		return events.filter(
			({ created }) =>
				created >= moment(between[1] as string) && created <= moment(between[2] as string),
		);
	const compared = /^(>=|<=|>|<)\s*(\S+)$/.exec(filter);
	if (!compared) throw new CommandError(`Filter "created" value "${filter}" is not recognized`);
	const bound = moment(compared[2] as string);
	return events.filter(({ created }) =>
		(compared[1] as string).startsWith('>') ? created >= bound : created <= bound,
	);
}

/** Epoch seconds, or a date in the zone of the host. */
function moment(text: string): number {
	const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text.replace(/Z$/, ''));
	if (Number.isNaN(time)) throw new CommandError(`Date "${text}" is not recognized`);
	return time;
}

const startOfDay = (now: Date): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate());
