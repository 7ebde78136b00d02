import { randomBytes } from 'node:crypto';

import type { Call, Handler } from '../call/call.mts';
import { find, findAmong, parentOf } from '../call/finding.mts';
import { forbid } from '../refusals/forbidden.mts';
import { notFound } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';
import { pathOf } from '../records/paths.mts';
import { setPassword } from '../rules/licensing/people.mts';
import { isOneTimePassword, newSecret } from '../secrets/one-time-passwords.mts';
import { isPasswordOf } from '../secrets/passwords.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';

const DAY = 86_400_000;

function ban(banned: boolean): Handler {
	return (call) => {
		const user = find(call, 'users', call.params.id);
		if (user.facts.role !== 'user') forbid('must have a user role');
		user.facts.banned = banned;
		call.world.store.touch(user, call.now);
		emit(call, banned ? 'user.banned' : 'user.unbanned', user);
		return { status: 200, data: user };
	};
}

export const banUser = ban(true);
export const unbanUser = ban(false);

/** POST update-password: of the bearer itself; every other token of the user is revoked. */
export const updatePassword: Handler = (call) => {
	const user = find(call, 'users', call.params.id);
	if (call.bearer.item !== user) forbid();
	const { oldPassword = '', newPassword = '' } = call.body.meta;
	if (!isPasswordOf(user, oldPassword))
		refuse(401, 'is not valid', { pointer: '/meta/oldPassword' });
	setPassword(user, newPassword);
	revokeTokens(call, user, call.bearer.token);
	return { status: 200, data: user };
};

/** POST reset-password: with the token that /passwords sent out, valid for a day. */
export const resetPassword: Handler = (call) => {
	const [user] = call.world.store.where('users', 'email', call.params.id.toLowerCase());
	const item = user ?? call.world.store.get('users', call.params.id);
	if (!item) return notFound('users', call.params.id);
	const { passwordResetToken, newPassword = '' } = call.body.meta;
	const reset = item.facts.passwordReset;
	if (!reset || reset.token !== passwordResetToken || call.now - reset.at > DAY)
		return forbid('ensure a token or license is present and valid');
	setPassword(item, newPassword);
	item.facts.passwordReset = undefined;
	revokeTokens(call, item);
	return { status: 200, data: item };
};

function revokeTokens(call: Call, user: Item, except?: Item): void {
	for (const token of call.world.store.children('tokens', 'bearer', user.id))
		if (token !== except) call.world.store.remove(token);
}

/** POST /passwords: 204 whoever asks; the token goes out by e-mail and with the event. */
export const forgotPassword: Handler = (call) => {
	const { email = '' } = call.body.meta;
	const [user] = call.world.store.where('users', 'email', email.toLowerCase());
	if (user) {
		const token = randomBytes(24).toString('hex');
		user.facts.passwordReset = { token, at: call.now };
		emit(call, 'user.password-reset', user, { passwordResetToken: token });
	}
	return { status: 204 };
};

/** GET /me: the bearer, with its token beside it. */
export const me: Handler = (call) => ({
	status: 200,
	data: call.bearer.item,
	included: call.bearer.token ? [call.bearer.token] : [],
});

export const profile: Handler = (call) => ({
	status: 200,
	data: call.bearer.item,
	meta: { tokenId: call.bearer.token?.id ?? null },
});

/** POST of a second factor: it counts once its first one-time password has enabled it. */
export const addSecondFactor: Handler = (call) => {
	const user = parentOf(call, 'users');
	const { meta } = call.body;
	const isBare = meta.password === undefined && meta.otp === undefined;
	if (isBare) refuse(400, 'is missing', { pointer: '/meta' });
	const present = call.world.store.children('second-factors', 'user', user.id);
	const enabled = present.find((item) => item.facts.enabled);
	if (enabled) checkOtp(call, enabled);
	else if (call.body.meta.password !== undefined && !isPasswordOf(user, call.body.meta.password)) {
		refuse(401, 'password must be valid', { code: 'PASSWORD_INVALID', pointer: '/meta/password' });
	}
	if (present.length > 0) refuse(409, 'The request could not be completed because of a conflict');
	const secret = newSecret();
	const uri = `otpauth://totp/Keygen:${encodeURIComponent(user.facts.email ?? '')}?secret=${secret}&image=https%3A%2F%2Fkeygen.sh%2Fimages%2Flogomark.png&issuer=Keygen`;
	const item = call.world.store.add(
		{
			type: 'second-factors',
			facts: { uri, secret, enabled: false },
			links: { user: user.id },
			environment: user.environment,
		},
		call.now,
	);
	emit(call, 'second-factor.created', item);
	const location = `${pathOf(call.world, user)}/second-factors/${item.id}`;
	return { status: 201, data: item, headers: { location } };
};

function factorOf(call: Call): Item {
	const user = parentOf(call, 'users');
	return findAmong(
		call,
		'second-factors',
		call.params.id,
		call.world.store.children('second-factors', 'user', user.id),
	);
}

export const showSecondFactor: Handler = (call) => {
	const item = factorOf(call);
	return { status: 200, data: item };
};

function checkOtp(call: Call, item: Item): void {
	const { otp } = call.body.meta;
	if (isOneTimePassword(item.facts.secret ?? '', String(otp ?? ''), call.now)) return;
	refuse(401, 'second factor must be valid', {
		code: 'OTP_INVALID',
		pointer: '/meta/otp',
	});
}

export const updateSecondFactor: Handler = (call) => {
	const item = factorOf(call);
	checkOtp(call, item);
	item.facts.enabled = call.body.attributes.enabled;
	call.world.store.touch(item, call.now);
	emit(call, item.facts.enabled ? 'second-factor.enabled' : 'second-factor.disabled', item);
	return { status: 200, data: item };
};

export const deleteSecondFactor: Handler = (call) => {
	const item = factorOf(call);
	if (item.facts.enabled) checkOtp(call, item);
	emit(call, 'second-factor.deleted', item);
	call.world.store.remove(item);
	return { status: 204 };
};
