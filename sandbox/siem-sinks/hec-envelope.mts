type Json = Record<string, unknown>;

const KEYS = new Set(['time', 'host', 'source', 'sourcetype', 'index', 'event', 'fields']);

/**
 * What Splunk's HTTP Event Collector would not take of an envelope (Splunk, "Format events for HTTP
 * Event Collector"); empty when nothing.
 */
export function hecProblems(envelope: Json): string[] {
	const problems = Object.keys(envelope).flatMap((key) => (KEYS.has(key) ? [] : [`key ${key}`]));
	const { time, event, fields, ...texts } = envelope;
	// Seconds; milliseconds would lie ten thousands of years ahead.
	if (typeof time !== 'number' || time < 0 || time > 1e11) problems.push('time');
	if (event === undefined) problems.push('event field is required');
	else if (event === '' || event === null) problems.push('event field cannot be blank');
	for (const [key, value] of Object.entries(texts))
		if (typeof value !== 'string') problems.push(key);
	for (const [key, value] of Object.entries((fields ?? {}) as Json)) {
		const values = Array.isArray(value) ? (value as unknown[]) : [value];
		// "Handling indexed fields": flat, texts or lists of texts.
		if (values.length === 0 || values.some((entry) => typeof entry !== 'string')) {
			problems.push(`field ${key}`);
		}
	}
	return problems;
}
