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
	switch (scheme.toLowerCase()) {
		case 'bearer':
		case 'token':
			return byToken(world, credentials);
		case 'license':
			return byLicenseKey(world, credentials);
		case 'basic':
			return byBasic(world, Buffer.from(credentials, 'base64').toString(), takesPassword);
		case '':
			return byQuery(world, query);
		default:
			return refuse(401, 'The authorization scheme is not one of Bearer, License or Basic', {
				code: 'TOKEN_INVALID',
				header: 'Authorization',
			});
	}
}

function byBasic(world: World, pair: string, takesPassword: boolean): Bearer | Password {
	const [name, secret] = splitOnce(pair, ':');
	if (name === 'license') return byLicenseKey(world, secret);
	if (name === 'token') return byToken(world, secret);
	if (name.includes('@') && takesPassword) return { email: name, password: secret };
	if (secret === '' && !name.includes('@')) return byToken(world, name);
	if (takesPassword) return { email: name, password: secret };
	return refuse(401, 'An e-mail and password cannot be used here', { code: 'TOKEN_INVALID' });
}

function byQuery(world: World, query: Record<string, QueryValue>): Bearer {
	const given = plain(query.token) ?? plain(query.auth);
	if (given === undefined) return { role: 'none', item: null };
	const [name, secret] = splitOnce(given, ':');
	if (name === 'license') return byLicenseKey(world, secret);
	return byToken(world, name === 'token' ? secret : given);
}

function byToken(world: World, value: string): Bearer {
	if (value === '') return refuse(401, 'The token is empty', { code: 'TOKEN_MISSING' });
	if (isUuid(value))
		return refuse(401, 'This looks like the id of a token; send the value shown when it was made', {
			code: 'TOKEN_FORMAT_INVALID',
		});
	const [token] = world.store.where('tokens', 'raw', value);
	const item = token && related(world, token, 'bearer');
	if (!item) return refuse(401, 'The token is not known', { code: 'TOKEN_INVALID' });
	if (token.facts.expiry && Date.parse(token.facts.expiry) < world.clock.now()) {
		return refuse(401, 'The token has expired', { code: 'TOKEN_EXPIRED' });
	}
	if (item.type === 'licenses') checkLicense(world, item, ['TOKEN', 'MIXED'], 'TOKEN_NOT_ALLOWED');
	if (item.type === 'users' && item.facts.banned)
		refuse(403, 'This user is banned', { code: 'USER_BANNED' });
	return { role: roleOf(item), item, token };
}

function byLicenseKey(world: World, key: string): Bearer {
	const [license] = world.store.where('licenses', 'key', key);
	if (!license) return refuse(401, 'The license key is not known', { code: 'LICENSE_INVALID' });
	checkLicense(world, license, ['LICENSE', 'MIXED'], 'LICENSE_NOT_ALLOWED');
	return { role: 'license', item: license };
}

function checkLicense(world: World, license: Item, strategies: string[], code: string): void {
	const policy = mustHave(world, license, 'policy');
	if (!strategies.includes(policy.facts.authenticationStrategy ?? '')) {
		refuse(
			403,
			`The policy does not let a license authenticate this way (${policy.facts.authenticationStrategy})`,
			{ code },
		);
	}
	if (isBanned(world, license))
		refuse(403, 'The owner of this license is banned', { code: 'LICENSE_BANNED' });
	if (license.facts.suspended)
		refuse(403, 'This license is suspended', { code: 'LICENSE_SUSPENDED' });
	if (isExpired(world, license) && policy.facts.expirationStrategy === 'REVOKE_ACCESS') {
		refuse(403, 'This license has expired', { code: 'LICENSE_EXPIRED' });
	}
}

function splitOnce(text: string, at: string): [string, string] {
	const cut = text.indexOf(at);
	return cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
}
