import { byCalendar, DEFAULT_TTL } from './calendar.mts';
import { isObject } from './json.mts';
import type { Json } from './json.mts';
import type { Scenario } from './scenario.mts';

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const MINUTE = 60_000;

/** Times as they stand to the start of a scenario. */
export class Times {
	private start: number;
	private durations: number[];

	constructor(start: number, scenario: Scenario) {
		this.start = start;
		this.durations = longDurations(scenario);
	}

	/** `<now+3600s>` of an ISO time, in whole minutes; of another text undefined. */
	named(text: string, name: string): string | undefined {
		if (!timePattern.test(text)) return undefined;
		const at = Date.parse(text);
		const year = new Date(at).getUTCFullYear();
		if (year >= 2029 || year <= 2025) return text;
		const long = this.durations.find(
			(seconds) => Math.abs(at - byCalendar(this.start, seconds) - MINUTE) < MINUTE + 1000,
		);
		if (long !== undefined) return `<now+${long}s by calendar>`;
		const shift = Math.floor((at - this.start) / MINUTE) * 60;
		if (shift > -60 && shift < 120) return '<now>';
		if ((name === 'created' || name === 'updated') && shift < 0) return '<earlier>';
		return `<now${shift > 0 ? '+' : ''}${shift}s>`;
	}

	/** The expiry of a file that was checked out without a lifetime. */
	ofFile(expiry: Json): Json {
		const seconds = (byCalendar(this.start, DEFAULT_TTL) - this.start) / 1000;
		return expiry === `<now+${seconds}s>` ? `<now+${DEFAULT_TTL}s by calendar>` : expiry;
	}
}

/** Durations from a month on that requests of the scenario name, shortest first. */
function longDurations({ steps }: Scenario): number[] {
	const found = new Set<number>();
	const take = (value: Json, name: string): void => {
		if (typeof value === 'number' && (name === 'duration' || name === 'ttl')) found.add(value);
		else if (Array.isArray(value)) value.forEach((entry, index) => take(entry, String(index)));
		else if (isObject(value)) for (const [key, inner] of Object.entries(value)) take(inner, key);
	};
	for (const { request } of steps) {
		if (request.body !== undefined) take(request.body, '');
		const ttl = /[?&]ttl=(\d+)/.exec(request.path);
		if (ttl) take(Number(ttl[1]), 'ttl');
	}
	return [...found].filter((seconds) => seconds > 2_629_746 && seconds < 1e9).sort((a, b) => a - b);
}
