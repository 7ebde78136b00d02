import { refuse } from '../refusals/problems.mts';
import { isBanned, isExpired } from '../standing/licenses.mts';
import { mustHave, related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { plain } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { isUuid } from '../wire/values.mts';
import { roleOf } from './roles.mts';
import type { Role } from './roles.mts';

const UNAUTHENTICATED = 'You must be authenticated to complete the request';

/** Who sent a request. */
export type Bearer =
	| { role: 'none'; item: null; token?: undefined }
	| {
			role: Exclude<Role, 'none'>;
			/** The user, product, license or environment. */
			item: Item;
			token?: Item;
	  };

/** An e-mail and a password, where the route takes them. */
export interface Password {
	email: string;
	password: string;
}

/** Reads the authentication of a request. Throws 401 or 403 with the documented codes. */
export function authenticate(
	world: World,
	header: string | undefined,
	query: Record<string, QueryValue>,
	takesPassword: boolean,
): Bearer | Password {
	const [scheme, rest] = splitOnce(header?.trim() ?? '', ' ');
	const credentials = rest.trim();
	// The names of the schemes count as written.
	switch (scheme) {
		case 'Bearer':
		case 'Token':
			return byToken(world, credentials);
		case 'License':
			return byLicenseKey(world, credentials);
		case 'Basic':
			return byBasic(world, Buffer.from(credentials, 'base64').toString(), takesPassword);
		case '':
			return byQuery(world, query);
		default:
			return refuse(401, UNAUTHENTICATED, { code: 'TOKEN_MISSING' });
	}
}

function byBasic(world: World, pair: string, takesPassword: boolean): Bearer | Password {
	const [name, secret] = splitOnce(pair, ':');
	if (name === 'license') return byLicenseKey(world, secret);
	if (name === 'token') return byToken(world, secret);
	if (!name.includes('@')) return byToken(world, name, 'TOKEN_INVALID');
	if (takesPassword) return { email: name, password: secret };
	return refuse(401, UNAUTHENTICATED, { code: 'TOKEN_INVALID' });
}

function byQuery(world: World, query: Record<string, QueryValue>): Bearer {
	const given = plain(query.token) ?? plain(query.auth);
	if (given === undefined) return { role: 'none', item: null };
	const [name, secret] = splitOnce(given, ':');
	if (name === 'license') return byLicenseKey(world, secret);
	return byToken(world, name === 'token' ? secret : given);
}

function byToken(world: World, value: string, blank = 'TOKEN_MISSING'): Bearer {
	if (value === '') return refuse(401, UNAUTHENTICATED, { code: blank });
	if (isUuid(value))
		return refuse(
			401,
			"Token format is invalid (make sure that you're providing a token value, not a token's UUID identifier)",
			{ code: 'TOKEN_FORMAT_INVALID' },
		);
	const [token] = world.store.where('tokens', 'raw', value);
	const item = token && related(world, token, 'bearer');
	if (!item) return refuse(401, UNAUTHENTICATED, { code: 'TOKEN_INVALID' });
	if (token.facts.expiry && Date.parse(token.facts.expiry) < world.clock.now()) {
		return refuse(401, 'Token is expired', { code: 'TOKEN_EXPIRED' });
	}
	if (item.type === 'licenses') checkLicense(world, item, ['TOKEN', 'MIXED'], 'TOKEN_NOT_ALLOWED');
	if (item.type === 'users' && item.facts.banned)
		refuse(403, 'User is banned', { code: 'USER_BANNED' });
	return { role: roleOf(item), item, token };
}

function byLicenseKey(world: World, key: string): Bearer {
	const [license] = world.store.where('licenses', 'key', key);
	if (!license) return refuse(401, UNAUTHENTICATED, { code: 'LICENSE_INVALID' });
	checkLicense(world, license, ['LICENSE', 'MIXED'], 'LICENSE_NOT_ALLOWED');
	// A token of a suspended license still works.
	if (license.facts.suspended) refuse(403, 'License is suspended', { code: 'LICENSE_SUSPENDED' });
	return { role: 'license', item: license };
}

function checkLicense(world: World, license: Item, strategies: string[], code: string): void {
	const policy = mustHave(world, license, 'policy');
	if (!strategies.includes(policy.facts.authenticationStrategy ?? '')) {
		const way = code === 'TOKEN_NOT_ALLOWED' ? 'Token' : 'License key';
		refuse(403, `${way} authentication is not allowed by policy`, { code });
	}
	if (isBanned(world, license)) refuse(403, 'License is banned', { code: 'LICENSE_BANNED' });
	if (isExpired(world, license) && policy.facts.expirationStrategy === 'REVOKE_ACCESS') {
		refuse(403, 'License is expired', { code: 'LICENSE_EXPIRED' });
	}
}

function splitOnce(text: string, at: string): [string, string] {
	const cut = text.indexOf(at);
	return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}
