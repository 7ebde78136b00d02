import type { Problem } from './problems.mts';

const DOCS = 'https://keygen.sh/docs/api';

/** Pages of types that the documentation describes under another name. */
const pages: Record<string, string> = {
	settings: 'account-settings',
	constraints: 'release-entitlement-constraints',
	packages: 'release-packages',
	'license-entitlements': 'entitlements',
	'policy-entitlements': 'entitlements',
};

const authentication: Record<string, string> = {
	TOKEN_MISSING: '',
	TOKEN_INVALID: '#token-authentication',
	TOKEN_FORMAT_INVALID: '#token-authentication',
	LICENSE_INVALID: '#license-authentication',
};

/** The problem with a link to what the documentation says about it, where the service has one. */
export function documented(
	problem: Problem,
	status: number,
	{ type, domain }: { type: string | undefined; domain: string },
): Problem {
	const about = problem.links?.about ?? pageFor(problem, status, type, domain);
	return about ? { ...problem, links: { ...problem.links, about } } : problem;
}

function pageFor(
	{ code, source }: Problem,
	status: number,
	type: string | undefined,
	domain: string,
): string | undefined {
	if (!code) return undefined;
	if (code === 'INVALID_API_VERSION') return `${DOCS}/versioning/`;
	if (status === 401 && code in authentication && !source)
		return `https://${domain}/docs/api/authentication/${authentication[code]}`;
	if (status !== 422 || !type) return undefined;
	const page = pages[type] ?? type;
	const [, part, name] =
		/^\/data\/(attributes|relationships)\/([^/]+)/.exec(source?.pointer ?? '') ?? [];
	const anchor = part ? `-${part === 'attributes' ? 'attrs' : part}-${name}` : '';
	return `${DOCS}/${page}/#${page}-object${anchor}`;
}
