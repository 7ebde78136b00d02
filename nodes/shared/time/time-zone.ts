const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * How far local time is ahead of UTC at an instant, in milliseconds.
 *
 * @param instant milliseconds since 1970
 * @param zone an IANA name
 * @throws RangeError for a zone that does not exist
 */
export function offsetAt(instant: number, zone: string): number {
	let format = formats.get(zone);
	if (!format) {
		format = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric',
		});
		formats.set(zone, format);
	}
	const part: Record<string, number> = {};
	for (const { type, value } of format.formatToParts(instant)) part[type] = Number(value);
	const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
	const whole = Math.floor(instant / 1000) * 1000;
	return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}
