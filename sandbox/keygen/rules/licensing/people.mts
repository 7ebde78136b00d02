import type { Call } from '../../call/call.mts';
import { attribute } from '../../refusals/phrases.mts';
import { forbid } from '../../refusals/forbidden.mts';
import { problem, refuse, refuseAll, unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { hash } from '../../secrets/passwords.mts';
import { limitOf, overageAllows, userCount } from '../../standing/licenses.mts';
import { related } from '../../state/relations.mts';
import type { Item } from '../../state/store.mts';
import type { Rules } from '../rules.mts';
import { groupIsFull } from './groups.mts';

const PASSWORD_LENGTH = 6;

export const userRules: Rules = {
	defaults: { firstName: null, lastName: null, role: 'user', banned: false, metadata: {} },
	prepare(_, next) {
		next.facts.email = next.facts.email?.toLowerCase();
		const { password } = next.facts;
		if (typeof password === 'string' && password.length < PASSWORD_LENGTH) return;
		if (typeof password === 'string') next.facts.passwordHash = hash(password);
		if (password === null) next.facts.passwordHash = undefined;
		delete next.facts.password;
	},
	check(call, next, before) {
		const problems: Problem[] = [];
		const { email = '' } = next.facts;
		if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email))
			problems.push(unprocessable('is invalid', 'EMAIL_INVALID', attribute('email')));
		else if (call.world.store.where('users', 'email', email).some((user) => user !== before)) {
			problems.push(unprocessable('has already been taken', 'EMAIL_TAKEN', attribute('email')));
		}
		if (next.facts.password !== undefined) problems.push(tooShort(attribute('password')));
		if (!before) problems.push(...groupIsFull(call, next, 'users'));
		if (before?.facts.role === 'admin' && next.facts.role !== 'admin')
			refuseLastAdmin(call, before);
		return problems;
	},
	mayRemove: refuseLastAdmin,
};

function refuseLastAdmin(call: Call, user: Item): void {
	if (user.facts.role !== 'admin' || call.world.store.where('users', 'role', 'admin').length > 1)
		return;
	refuseAll([
		unprocessable(
			'account must have at least 1 admin user',
			'ACCOUNT_ADMINS_REQUIRED',
			'/data/relationships/account',
		),
	]);
}

function tooShort(pointer: string): Problem {
	return unprocessable(
		`is too short (minimum is ${PASSWORD_LENGTH} characters)`,
		'PASSWORD_TOO_SHORT',
		pointer,
	);
}

/** Sets a password. Throws 422 when it is too short. */
export function setPassword(user: Item, password: string): void {
	if (password.length < PASSWORD_LENGTH) refuseAll([tooShort(attribute('password'))]);
	user.facts.passwordHash = hash(password);
}

/** Clients see and change only themselves; anybody may sign up unless the account is protected. */
export function refuseSignUp(call: Call): void {
	if (call.bearer.role !== 'none') {
		if (call.bearer.role === 'user' || call.bearer.role === 'license') forbid();
		return;
	}
	if (call.world.account.facts.protected)
		refuse(401, 'You must be authenticated to complete the request', { code: 'TOKEN_MISSING' });
}

/** Users of a license: adds them. Throws 422 for one already there, the owner, or too many. */
export function refuseUser(call: Call, license: Item, user: Item): void {
	const pointer = '/data/relationships/user';
	if (license.links.owner === user.id)
		refuseAll([
			unprocessable('already exists (user is attached through owner)', 'USER_CONFLICT', pointer),
		]);
	const taken = call.world.store
		.children('license-users', 'license', license.id)
		.some((join) => related(call.world, join, 'user') === user);
	if (taken) refuseAll([unprocessable('already exists', 'USER_TAKEN', pointer)]);
}

/** Throws 422 when a license does not take so many more users. */
export function refuseTooManyUsers(call: Call, license: Item, added: number): void {
	const limit = limitOf(call.world, license, 'maxUsers');
	const count = userCount(call.world, license) + added;
	if (overageAllows(call.world, license, count, limit)) return;
	refuseAll([
		problem(422, `user count has exceeded maximum allowed for license (${limit})`, {
			code: 'USER_LIMIT_EXCEEDED',
			pointer: '/data',
		}),
	]);
}
