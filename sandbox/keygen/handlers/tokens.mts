import type { Call, Handler, Reply } from '../row.mts';
import { isPasswordOf } from '../rules/people.mts';
import { permissionProblems } from '../rules/permissions.mts';
import { isOneTimePassword } from '../rules/one-time-passwords.mts';
import { unprocessable, notFound, refuse, refuseAll } from '../wire/problems.mts';
import { visible } from '../state/access.mts';
import { newTokenValue, roleOf } from '../state/bearers.mts';
import type { Bearer, Password } from '../state/bearers.mts';
import { isOlder } from '../state/versions.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { isAmong } from '../wire/roles.mts';
import { emit } from '../webhooks/events.mts';
import { find } from './finding.mts';
import { environmentFor, pathOf } from './changing.mts';
import { parentOf } from './reading.mts';

const TWO_WEEKS = 14 * 86_400_000;

/** Stores a token of a bearer; user tokens live two weeks unless `expiry` says otherwise. */
export function makeToken(
	world: World,
	bearer: Item,
	facts: Record<string, any> = {},
	environment: string | null = null,
): Item {
	const now = world.clock.now();
	const expiry =
		bearer.type === 'users' && roleOf(bearer) === 'user'
			? new Date(now + TWO_WEEKS).toISOString()
			: null;
	const counters =
		bearer.type === 'licenses'
			? { maxActivations: null, activations: 0, maxDeactivations: null, deactivations: 0 }
			: {};
	const all = {
		name: null,
		expiry,
		permissions: ['*'],
		...counters,
		...facts,
		raw: newTokenValue(bearer),
		bearerType: bearer.type,
	};
	return world.store.add(
		{ type: 'tokens', facts: all, links: { bearer: bearer.id }, environment },
		now,
	);
}

/** The bearer that an e-mail and password stand for. Throws 401 with the codes of the API version. */
export function logIn(world: World, { email, password }: Password, version: string): Bearer {
	const code = (name: string) => (isOlder(version, '1.8') ? 'CREDENTIALS_INVALID' : name);
	if (email === '') refuse(401, 'An e-mail is needed', { code: code('EMAIL_REQUIRED') });
	const [user] = world.store.where('users', 'email', email.toLowerCase());
	if (!user) refuse(401, 'There is no user with this e-mail', { code: code('EMAIL_INVALID') });
	if (user.facts.sso)
		refuse(401, 'This user signs in elsewhere', {
			code: 'SSO_REQUIRED',
			links: { redirect: user.facts.sso },
		});
	if (!user.facts.passwordHash)
		refuse(401, 'This user has no password', { code: code('PASSWORD_NOT_SUPPORTED') });
	if (password === '') refuse(401, 'A password is needed', { code: code('PASSWORD_REQUIRED') });
	if (!isPasswordOf(user, password))
		refuse(401, 'The password is wrong', { code: code('PASSWORD_INVALID') });
	if (user.facts.banned) refuse(403, 'This user is banned', { code: 'USER_BANNED' });
	return { role: roleOf(user), item: user };
}

/** Asks a user with a second factor for its one-time password. */
export function askSecondFactor(call: Call, user: Item): void {
	const factor = call.world.store
		.children('second-factors', 'user', user.id)
		.find((item) => item.facts.enabled);
	if (!factor) return;
	const { otp } = call.body.meta;
	if (otp === undefined)
		refuse(401, 'A one-time password is needed', { code: 'OTP_REQUIRED', pointer: '/meta/otp' });
	if (!isOneTimePassword(factor.facts.secret, otp, call.now))
		refuse(401, 'The one-time password is wrong', { code: 'OTP_INVALID', pointer: '/meta/otp' });
}

/** POST /tokens: for the bearer itself, or for the one that the body names. */
export const generate: Handler = (call) => {
	const own = call.bearer.item;
	if (!own)
		return refuse(401, 'A token or an e-mail and password is needed', { code: 'TOKEN_MISSING' });
	if (!call.bearer.token && own.type === 'users') askSecondFactor(call, own);
	const wanted = call.body.relationships.bearer;
	const bearer = wanted ? call.world.store.get(wanted.type, wanted.id) : own;
	if (!bearer || !visible({ ...call, bearer: call.bearer }, bearer)) {
		return refuseAll([
			unprocessable('must exist', 'BEARER_NOT_FOUND', '/data/relationships/bearer'),
		]) as never;
	}
	if (bearer !== own && !isAmong(call.bearer.role, 'PRIV'))
		refuse(403, 'Only administrators and products make tokens for others');
	return generated(call, bearer, 201);
};

/** POST of a token under a parent; all but those of environments answer 200. */
export function generateFor(parentType: string, status: number): Handler {
	return (call) => generated(call, parentOf(call, parentType), status);
}

function generated(call: Call, bearer: Item, status: number): Reply {
	const { attributes } = call.body;
	const counters = ['maxActivations', 'maxDeactivations'].filter(
		(name) => attributes[name] !== undefined && attributes[name] < 0,
	);
	refuseAll(
		counters.map((name) =>
			unprocessable(
				'must not be negative',
				`${name === 'maxActivations' ? 'MAX_ACTIVATIONS' : 'MAX_DEACTIVATIONS'}_INVALID`,
				`/data/attributes/${name}`,
			),
		),
	);
	refuseAll(permissionProblems(attributes.permissions));
	const environment = bearer.type === 'environments' ? bearer.id : environmentFor(call);
	const token = makeToken(call.world, bearer, attributes, environment);
	emit(call, 'token.generated', token);
	return {
		status,
		data: token,
		secrets: true,
		...(status === 201 && { headers: { location: pathOf(call, token) } }),
	};
}

export const regenerate: Handler = (call) =>
	regenerated(call, find(call, 'tokens', call.params.id));

export const regenerateCurrent: Handler = (call) => {
	if (!call.bearer.token) return notFound('token', 'current');
	return regenerated(call, call.bearer.token);
};

function regenerated(call: Call, token: Item): Reply {
	token.facts.raw = newTokenValue(
		call.world.store.get(token.facts.bearerType, token.links.bearer)!,
	);
	call.world.store.touch(token, call.now);
	emit(call, 'token.regenerated', token);
	return { status: 200, data: token, secrets: true };
}
