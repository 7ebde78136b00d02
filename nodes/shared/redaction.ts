const REDACTED = '[redacted]';
/** Shorter values would take innocent text with them. */
const LEAST_LENGTH = 4;

/**
 * Takes secrets out of a text, also where they stand percent-encoded as in an address or escaped as
 * in JSON.
 */
export function redact(text: string, secrets: readonly string[]): string {
	const forms = secrets
		.filter((secret) => secret.length >= LEAST_LENGTH)
		.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
	const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
	return longestFirst.reduce((shown, form) => shown.split(form).join(REDACTED), text);
}
