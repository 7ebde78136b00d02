import { moment } from '../../../shared/time/moment';
import type { Given, Made } from './field';

/**
 * The filter `--created` of the audit report. Times are sent as seconds since 1970, because
 * Commander interprets everything else as its host's local time.
 */
export function createdFilter({ values, timezone }: Given): Made {
	const { period, from, to } = values;
	if (from === undefined && to === undefined) return { value: period };
	if (period !== undefined)
		return { wrong: "'Period' cannot be used together with 'From' and 'To'" };
	const start = from === undefined ? undefined : epochSeconds(from, timezone);
	const end = to === undefined ? undefined : epochSeconds(to, timezone);
	if (Number.isNaN(start)) return { wrong: "'From' is not a date or time" };
	if (Number.isNaN(end)) return { wrong: "'To' is not a date or time" };
	if (start === undefined) return { value: `<=${end}` };
	if (end === undefined) return { value: `>=${start}` };
	return end < start
		? { wrong: "'From' is later than 'To'" }
		: { value: `between ${start} and ${end}` };
}

function epochSeconds(given: string, timezone: string): number {
	return Math.floor(Date.parse(moment(given, timezone) ?? '') / 1000);
}
