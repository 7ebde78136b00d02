import { randomBytes } from 'node:crypto';

import type { Call, Handler } from '../call/call.mts';
import { find, findAmong, parentOf } from '../call/finding.mts';
import { notFound } from '../refusals/not-found.mts';
import { refuse, refuseAll, unprocessable } from '../refusals/problems.mts';
import { setPassword } from '../rules/people.mts';
import { isOneTimePassword, newSecret } from '../secrets/one-time-passwords.mts';
import { isPasswordOf } from '../secrets/passwords.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { askSecondFactor } from './tokens.mts';

const DAY = 86_400_000;

function ban(banned: boolean): Handler {
	return (call) => {
		const user = find(call, 'users', call.params.id);
		if (user.facts.banned === banned)
			refuse(422, banned ? 'is already banned' : 'is not banned', {
				pointer: '/data/attributes/bannedAt',
			});
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
	if (call.bearer.item !== user) refuse(403, 'A user changes only its own password');
	const { oldPassword = '', newPassword = '' } = call.body.meta;
	if (!isPasswordOf(user, oldPassword))
		refuse(401, 'The old password is wrong', { pointer: '/meta/oldPassword' });
	setPassword(user, newPassword, '/meta/newPassword');
	revokeTokens(call, user, call.bearer.token);
	return { status: 200, data: user };
};

/** POST reset-password: with the token that /passwords sent out, valid for a day. */
export const resetPassword: Handler = (call) => {
	const [user] = call.world.store.where('users', 'email', call.params.id.toLowerCase());
	const item = user ?? call.world.store.get('users', call.params.id);
	const { passwordResetToken, newPassword = '' } = call.body.meta;
	const reset = item?.facts.passwordReset;
	if (!reset || reset.token !== passwordResetToken || call.now - reset.at > DAY)
		return notFound('users', call.params.id);
	setPassword(item, newPassword, '/meta/newPassword');
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
	const present = call.world.store.children('second-factors', 'user', user.id);
	if (present.some((item) => item.facts.enabled)) askSecondFactor(call, user);
	else if (call.body.meta.password !== undefined && !isPasswordOf(user, call.body.meta.password)) {
		refuse(401, 'The password is wrong', { code: 'PASSWORD_INVALID', pointer: '/meta/password' });
	}
	if (present.length > 0)
		refuseAll([
			unprocessable('already has a second factor', 'USER_TAKEN', '/data/relationships/user'),
		]);
	const secret = newSecret();
	const uri = `otpauth://totp/Keygen:${encodeURIComponent(user.facts.email ?? '')}?secret=${secret}&issuer=Keygen`;
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
	return { status: 201, data: item, secrets: true };
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
	return { status: 200, data: item, secrets: !item.facts.enabled };
};

function checkOtp(call: Call, item: Item): void {
	const { otp } = call.body.meta;
	if (isOneTimePassword(item.facts.secret ?? '', otp ?? '', call.now)) return;
	refuse(401, 'The one-time password is wrong', {
		code: otp === undefined ? 'OTP_REQUIRED' : 'OTP_INVALID',
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
