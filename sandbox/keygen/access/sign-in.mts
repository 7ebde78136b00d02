import { refuse } from '../refusals/problems.mts';
import { isPasswordOf } from '../secrets/passwords.mts';
import { isOlder } from '../state/api-versions.mts';
import type { World } from '../state/world.mts';
import type { Bearer, Password } from './bearers.mts';
import { roleOf } from './roles.mts';

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
