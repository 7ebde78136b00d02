import { makeToken, newTokenValue, TWO_WEEKS } from '../access/tokens.mts';
import { visible } from '../access/visibility.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { find, parentOf } from '../call/finding.mts';
import { environmentFor } from '../editing/changing.mts';
import type { Identifier } from '../notation/body.mts';
import { pathOf } from '../records/paths.mts';
import { mustExist } from '../refusals/phrases.mts';
import { forbid } from '../refusals/forbidden.mts';
import { notFound } from '../refusals/not-found.mts';
import { refuse, refuseAll, refuseFor, unprocessable } from '../refusals/problems.mts';
import { permissionProblems } from '../rules/permissions.mts';
import { isOneTimePassword } from '../secrets/one-time-passwords.mts';
import { numberOf } from '../state/facts.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';

/** Asks a user with a second factor for its one-time password. */
export function askSecondFactor(call: Call, user: Item): void {
	const factor = call.world.store
		.children('second-factors', 'user', user.id)
		.find((item) => item.facts.enabled);
	if (!factor) return;
	const { otp } = call.body.meta;
	if (otp === undefined)
		refuse(401, 'second factor is required', { code: 'OTP_REQUIRED', pointer: '/meta/otp' });
	if (!isOneTimePassword(factor.facts.secret ?? '', String(otp), call.now))
		refuse(401, 'second factor must be valid', { code: 'OTP_INVALID', pointer: '/meta/otp' });
}

/** POST /tokens: for the bearer itself, or for the one that the body names. */
export const generate: Handler = (call) => {
	const own = call.bearer.item;
	if (!own)
		return refuse(401, 'You must be authenticated to complete the request', {
			code: 'TOKEN_MISSING',
		});
	if (!call.bearer.token && own.type === 'users') askSecondFactor(call, own);
	const wanted = call.body.relationships.bearer;
	// Only an environment's token is made here for another; others have their bearer in the path.
	if (wanted && wanted.id !== own.id && !mayNameBearer(call, wanted)) forbid();
	const bearer = wanted ? call.world.store.get(wanted.type, wanted.id) : own;
	if (!bearer || !visible({ ...call, bearer: call.bearer }, bearer)) {
		return refuseFor(mustExist('bearer'));
	}
	return generated(call, bearer, 201);
};

/** Administrators for environments and users, products for licenses and users. */
function mayNameBearer(call: Call, { type }: Identifier): boolean {
	const types: Record<string, string[]> = {
		admin: ['environments', 'users'],
		developer: ['environments', 'users'],
		environment: ['users', 'products', 'licenses'],
		product: ['licenses', 'users'],
	};
	return (types[call.bearer.role] ?? []).includes(type);
}

/** POST of a token under a parent; all but those of environments answer 200. */
export function generateFor(parentType: string, status: number): Handler {
	return (call) => {
		const bearer = parentOf(call, parentType);
		// Of the account's users only those with the role user are given tokens by others.
		const isStaff = bearer.type === 'users' && bearer.facts.role !== 'user';
		if (isStaff && bearer !== call.bearer.item) forbid();
		return generated(call, bearer, status);
	};
}

function generated(call: Call, bearer: Item, status: number): Reply {
	const { attributes } = call.body;
	const counters = ['maxActivations', 'maxDeactivations'].filter(
		(name) => numberOf(attributes, name) < 0,
	);
	refuseAll(
		counters.map((name) =>
			unprocessable(
				'must be greater than or equal to 0',
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
		...(status === 201 && { headers: { location: pathOf(call.world, token) } }),
	};
}

export const regenerate: Handler = (call) =>
	regenerated(call, find(call, 'tokens', call.params.id));

export const regenerateCurrent: Handler = (call) => {
	if (!call.bearer.token) return notFound('tokens', 'current');
	return regenerated(call, call.bearer.token);
};

function regenerated(call: Call, token: Item): Reply {
	token.facts.raw = newTokenValue(mustHave(call.world, token, 'bearer'));
	// Whatever the token's time was, a new value ends two weeks from now.
	if (token.facts.expiry) token.facts.expiry = new Date(call.now + TWO_WEEKS).toISOString();
	call.world.store.touch(token, call.now);
	emit(call, 'token.regenerated', token);
	return { status: 200, data: token, secrets: true };
}
