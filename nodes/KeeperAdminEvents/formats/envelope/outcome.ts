import type { CataloguedEvent } from '../../catalogue/event-catalogue';

export type Outcome = 'success' | 'failure' | 'unknown';

/** Words that tell of a failure. Locking and expiring are no failures: they are what was to happen. */
const FAILING = new Set(
	'fail fails failed failing failure failures denied invalid error errors throttle throttled rejected refused mismatch incorrect unauthorized forbidden unsuccessful'.split(
		' ',
	),
);
/** Words that turn the next into its opposite, as in `no_error`. */
const NEGATING = new Set(['no', 'non', 'not', 'never', 'without']);

/**
 * How an act ended. Known codes say it themselves, unless a result code tells of a failure; of
 * others their words are all there is to go by.
 */
export function outcomeOf(
	code: string,
	known: CataloguedEvent | undefined,
	resultCode: string | undefined,
): Outcome {
	if (known?.outcome === 'failure') return 'failure';
	if (resultCode !== undefined && tellsOfFailure(resultCode)) return 'failure';
	if (known) return 'success';
	return tellsOfFailure(code) ? 'failure' : 'unknown';
}

/** Whole words only: `unlocked` and `no_error` are no failures, `LOGIN_FAILURE` is one. */
function tellsOfFailure(text: string): boolean {
	const words = text
		.replace(/([a-z\d])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z\d]+/);
	return words.some((word, at) => FAILING.has(word) && !NEGATING.has(words[at - 1] ?? ''));
}
