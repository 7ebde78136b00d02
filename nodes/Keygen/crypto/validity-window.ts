/** How far two clocks may disagree before a time counts as being in the future, in seconds. */
export const DEFAULT_CLOCK_TOLERANCE_SECONDS = 300;

type WindowCode = 'NOT_YET_VALID' | 'EXPIRED';

export interface ValidityWindow {
	/** Milliseconds since 1970-01-01T00:00Z, as all times here; undefined if not stated. */
	readonly notBefore?: number;
	readonly expiry?: number;
}

/**
 * Whether a clock stands before or after the window; undefined if within. The tolerance applies
 * to the beginning only: a fast issuer is harmless, a late user is not. The last instant is valid.
 */
export function outsideWindow(
	window: ValidityWindow,
	now: number,
	toleranceSeconds: number,
): WindowCode | undefined {
	if (window.notBefore !== undefined && window.notBefore > now + toleranceSeconds * 1000) {
		return 'NOT_YET_VALID';
	}
	if (window.expiry !== undefined && now > window.expiry) return 'EXPIRED';
	return undefined;
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds of an ISO 8601 time with a zone, or undefined if the value is none. */
export function isoTime(value: unknown): number | undefined {
	if (typeof value !== 'string' || value.length > 40 || !ISO_TIME.test(value)) return undefined;
	const time = Date.parse(value);
	return Number.isNaN(time) ? undefined : time;
}

/** Guards against a clock that is no number: every comparison with NaN would pass. */
export function assertClock(now: number, toleranceSeconds: number): void {
	if (!Number.isFinite(now)) throw new TypeError('now must be milliseconds since 1970');
	if (!Number.isFinite(toleranceSeconds) || toleranceSeconds < 0) {
		throw new TypeError('a tolerance is a number of seconds, 0 or more');
	}
}
