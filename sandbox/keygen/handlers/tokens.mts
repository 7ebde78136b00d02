import { isAmong } from '../access/roles.mts';
import { makeToken, newTokenValue } from '../access/tokens.mts';
import { visible } from '../access/visibility.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { find, parentOf } from '../call/finding.mts';
import { environmentFor } from '../editing/changing.mts';
import { pathOf } from '../records/paths.mts';
import { mustExist } from '../refusals/phrases.mts';
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
		refuse(401, 'A one-time password is needed', { code: 'OTP_REQUIRED', pointer: '/meta/otp' });
	if (!isOneTimePassword(factor.facts.secret ?? '', otp, call.now))
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
		return refuseFor(mustExist('bearer'));
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
		(name) => numberOf(attributes, name) < 0,
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
	call.world.store.touch(token, call.now);
	emit(call, 'token.regenerated', token);
	return { status: 200, data: token, secrets: true };
}
