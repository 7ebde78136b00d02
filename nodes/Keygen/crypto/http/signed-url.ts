export interface SignedUrl {
	/** Host name without port and user, written as in the URL. */
	readonly host: string;
	/** Path and query, written as in the URL; at least `/`. */
	readonly target: string;
}

const MAX_URL_LENGTH = 8192;

/**
 * The parts of a URL that Keygen signs. Cut from the text as it is: the service signs what was
 * registered or requested, and a URL parser would escape and reorder some of it. Undefined if the
 * text is no http(s) URL.
 */
export function signedPartsOf(url: string): SignedUrl | undefined {
	if (url.length > MAX_URL_LENGTH || !URL.canParse(url) || /[\s\\]/.test(url)) return undefined;
	const scheme = /^https?:\/\//i.exec(url)?.[0];
	if (scheme === undefined) return undefined;
	const rest = withoutFragment(url.slice(scheme.length));
	const pathStart = rest.search(/[/?]/);
	const authority = pathStart < 0 ? rest : rest.slice(0, pathStart);
	const target = pathStart < 0 ? '' : rest.slice(pathStart);
	const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
	return { host, target: target.startsWith('/') ? target : `/${target}` };
}

function withoutFragment(text: string): string {
	const hash = text.indexOf('#');
	return hash < 0 ? text : text.slice(0, hash);
}
