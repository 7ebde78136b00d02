const iso =
	/^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const dayFirst = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/;

/**
 * A time as the service reads it: ISO 8601 with days that overflow into the next month, days first
 * with dots, Unix seconds. Null for whatever it cannot read.
 */
export function readDate(value: unknown): string | null {
	if (typeof value === 'number') return text(value * 1000);
	if (typeof value !== 'string') return null;
	const parts = iso.exec(value.trim());
	if (parts) {
		const [, year, month, day, hour = '0', minute = '0', second = '0', part = '', zone = 'Z'] =
			parts;
		if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
		const at = Date.UTC(
			Number(year),
			Number(month) - 1,
			Number(day),
			Number(hour),
			Number(minute),
			Number(second),
			Math.floor(Number(`0${part}`) * 1000),
		);
		return text(at - offsetOf(zone));
	}
	const european = dayFirst.exec(value.trim());
	if (!european) return null;
	const [, day, month, year] = european;
	return text(Date.UTC(Number(year), Number(month) - 1, Number(day)));
}

/** Milliseconds east of Greenwich. */
function offsetOf(zone: string): number {
	const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
	if (!parts) return 0;
	const minutes = Number(parts[2]) * 60 + Number(parts[3]);
	return minutes * 60_000 * (parts[1] === '-' ? -1 : 1);
}

function text(milliseconds: number): string | null {
	const date = new Date(milliseconds);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
