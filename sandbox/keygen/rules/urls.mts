import { attribute } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';

const wrong = (detail: string, code: string): Problem =>
	unprocessable(detail, code, attribute('url'));

/** The URL as text could only hold if every letter of it were written out. */
const readable = /^[\x21-\x7e]*$/;

/** Problems of a URL: blanks and umlauts, its protocol, a host that nobody outside could reach. */
export function urlProblems(text: string, protocols: string[]): Problem[] {
	if (!readable.test(text)) return [wrong('must be a valid URL', 'URL_INVALID')];
	const parts = /^([a-z][a-z0-9+.-]*):\/\/(?:[^@/?#]*@)?([^/?#]*)/i.exec(text);
	const problems: Problem[] = [];
	if (!parts || !protocols.includes(parts[1].toLowerCase()))
		problems.push(
			wrong(
				`must be a valid URL using one of the following protocols: ${protocols.join(', ')}`,
				'URL_PROTOCOL_INVALID',
			),
		);
	// Of another protocol only that is told.
	if (parts && problems.length > 0) return problems;
	const host = (parts?.[2] ?? '').replace(/:\d+$/, '');
	if (!isPublic(host)) problems.push(wrong('must be a URL with a valid host', 'URL_HOST_INVALID'));
	return problems;
}

const keygenHosts = /^(api|app|portal|dist|get|oci|raw|www)?\.?keygen\.sh$/i;

/** A name with a top-level domain of letters that is not the service's own. */
function isPublic(host: string): boolean {
	return /^[a-z0-9.-]+\.[a-z]{2,}$/i.test(host) && !keygenHosts.test(host);
}
