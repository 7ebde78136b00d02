/** A query string that was read completely, or the first thing that is wrong with it. */
export type StrictQuery =
	| { ok: true; values: ReadonlyMap<string, string> }
	| { ok: false; reason: string };

// RFC 3986 section 3.4 allows pchar, "/" and "?"; a raw `"`, `|`, `[` or a letter such as `ü` is not allowed.
const ALLOWED = /^[A-Za-z0-9\-._~!$&'()*+,;=:@/?%]*$/;
const BROKEN_PERCENT = /%(?![0-9A-Fa-f]{2})/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a raw query string (the part after `?`) and refuses whatever a lenient parser would
 * repair: a character that needs encoding, broken percent-encoding, bytes that are not UTF-8,
 * a parameter without a value, a repeated parameter.
 *
 * A raw `+` becomes a space, as form decoding on web servers does.
 */
export function parseStrictQuery(raw: string): StrictQuery {
	if (raw === '') return { ok: false, reason: 'no parameters' };
	if (!ALLOWED.test(raw)) return { ok: false, reason: 'a character that must be percent-encoded' };

	const values = new Map<string, string>();
	for (const pair of raw.split('&')) {
		const equals = pair.indexOf('=');
		if (equals < 1) return { ok: false, reason: `"${pair}" is not name=value` };

		const name = decode(pair.slice(0, equals));
		const value = decode(pair.slice(equals + 1));
		if (name === undefined || value === undefined) {
			return { ok: false, reason: `invalid percent-encoding in "${pair}"` };
		}
		if (value === '') return { ok: false, reason: `empty value for "${name}"` };
		if (values.has(name)) return { ok: false, reason: `"${name}" is repeated` };
		values.set(name, value);
	}
	return { ok: true, values };
}

function decode(encoded: string): string | undefined {
	if (BROKEN_PERCENT.test(encoded)) return undefined;
	const bytes = encoded
		.replaceAll('+', ' ')
		.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	try {
		return utf8.decode(Buffer.from(bytes, 'latin1'));
	} catch {
		return undefined;
	}
}
