import { refuse } from '../refusals/problems.mts';
import { isPasswordOf } from '../secrets/passwords.mts';
import { isOlder } from '../state/api-versions.mts';
import type { World } from '../state/world.mts';
import type { Bearer, Password } from './bearers.mts';
import { roleOf } from './roles.mts';

const header = 'Authorization';

/** The bearer that an e-mail and password stand for. Throws 401 with the codes of the API version. */
export function logIn(world: World, { email, password }: Password, version: string): Bearer {
	const wrong = (code: string, detail: string) =>
		isOlder(version, '1.8')
			? refuse(401, 'email and password must be valid', { code: 'CREDENTIALS_INVALID', header })
			: refuse(401, detail, { code, header });
	const [user] = world.store.where('users', 'email', email.toLowerCase());
	if (!user) return wrong('EMAIL_INVALID', 'email must be valid');
	if (user.facts.sso)
		refuse(401, 'This user signs in elsewhere', {
			code: 'SSO_REQUIRED',
			links: { redirect: user.facts.sso },
		});
	if (!user.facts.passwordHash) wrong('PASSWORD_NOT_SUPPORTED', 'password is unsupported');
	if (password === '') wrong('PASSWORD_REQUIRED', 'password is required');
	if (!isPasswordOf(user, password)) wrong('PASSWORD_INVALID', 'password must be valid');
	if (user.facts.banned) refuse(403, 'User is banned', { code: 'USER_BANNED' });
	return { role: roleOf(user), item: user };
}
