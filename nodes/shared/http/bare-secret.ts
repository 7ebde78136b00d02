const SCHEME = '^(Bearer|License)(\\s+|$)';

/** A pasted token or key without the white space around it and the scheme in front. */
export function bareSecret(given: unknown): string {
	return String(given ?? '')
		.trim()
		.replace(new RegExp(SCHEME, 'i'), '');
}

/** The same rule inside an expression, for what n8n itself sends with a credential. */
export function bareSecretExpression(field: string): string {
	return `String(${field} ?? '').trim().replace(/${SCHEME}/i, '')`;
}
