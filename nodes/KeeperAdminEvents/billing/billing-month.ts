import { invalid } from '../../shared/failure';

export interface Month {
	year: number;
	/** 1 for January. */
	month: number;
}

/**
 * The month that the parameters name. Throws Failed.
 *
 * @param zone an IANA name; this month and last month are those of a calendar there
 * @param now milliseconds since 1970
 */
export function readMonth(parameter: (name: string) => unknown, zone: string, now: number): Month {
	const choice = parameter('billingMonth');
	if (choice === 'thisMonth') return monthAt(now, zone);
	if (choice === 'lastMonth') {
		const { year, month } = monthAt(now, zone);
		return month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 };
	}
	if (choice !== 'custom') {
		throw invalid(
			`'Month' is '${String(choice)}', which is not one of the choices`,
			'Use one of: thisMonth, lastMonth, custom.',
		);
	}
	return {
		year: whole(parameter('year'), 'Year', 2000, 9999),
		month: whole(parameter('month'), 'Month of the Year', 1, 12),
	};
}

function monthAt(now: number, zone: string): Month {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		calendar: 'iso8601',
		year: 'numeric',
		month: 'numeric',
	}).formatToParts(now);
	const number = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	return { year: number('year'), month: number('month') };
}

function whole(value: unknown, displayName: string, least: number, most: number): number {
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isInteger(number) && number >= least && number <= most) return number;
	throw invalid(
		`'${displayName}' must be a whole number from ${least} to ${most}, but is '${String(value)}'`,
		'Correct it.',
	);
}
