import { nodePath, statusOf, type Company, type User } from '../company/company.mts';
import type { Arguments } from '../shell/arguments.mts';
import { CommandError, type Command, type Session } from './command.mts';
import { nodeNamed, rolesNamed, rootNode, teamsNamed } from './finding.mts';

const text = (name: string, ...more: string[]) => ({
	names: [name, ...more] as [string, ...string[]],
	value: 'text' as const,
});
const flag = (name: string, ...more: string[]) => ({
	names: [name, ...more] as [string, ...string[]],
});

export const enterpriseUser: Command = {
	syntax: {
		options: [
			flag('-f', '--force'),
			flag('--add', '--invite'),
			flag('--lock'),
			flag('--unlock'),
			flag('--delete'),
			flag('--expire'),
			flag('--extend'),
			flag('--disable-2fa'),
			text('--node'),
			text('--name'),
			text('--job-title'),
			text('--add-role'),
			text('--remove-role'),
			text('--add-team'),
			text('--remove-team'),
			text('--add-alias'),
			text('--delete-alias'),
			{ names: ['-hsf', '--hide-shared-folders'], value: 'text', choices: ['on', 'off'] },
		],
		positionals: [{ name: 'email', rest: true }],
	},
	run: (session, given) => {
		const emails = given.positionals.email ?? [];
		const node = given.value('--node');
		if (node !== undefined) nodeNamed(session.commander.known, node);
		if (given.has('--add')) return emails.forEach((email) => invite(session, given, email));
		const users = usersNamed(session.commander.known, emails);
		for (const user of users) changeUser(session, given, user);
	},
};

function usersNamed({ users }: Company, given: string[]): User[] {
	const found = given.includes('@all')
		? users
		: users.filter(({ id, email }) =>
				given.some((name) => name.toLowerCase() === email.toLowerCase() || name === String(id)),
			);
	if (found.length === 0) throw new CommandError('No such user(s)');
	return found;
}

/** Roles and teams given with it are ignored. */
function invite(session: Session, given: Arguments, email: string): void {
	const { commander } = session;
	if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
		throw new CommandError(`Email "${email}" is invalid`);
	const known = commander.known.users.find(
		(user) => user.email.toLowerCase() === email.toLowerCase(),
	);
	if (known?.status === 'Invited') {
		commander.change(({ users }) =>
			users.forEach((user) => {
				if (user.id === known.id) user.invitations++;
			}),
		);
		return session.print(`Invitation has been re-sent to ${known.email}`);
	}
	if (known) return details(session, known);
	const id = commander.nextId();
	const node = given.value('--node');
	commander.change((company) =>
		company.users.push({
			id,
			email: email.toLowerCase(),
			name: given.value('--name') ?? '',
			jobTitle: given.value('--job-title') ?? '',
			status: 'Invited',
			lock: 'none',
			transfer: 'Not required',
			nodeId: (node === undefined ? rootNode(company) : nodeNamed(company, node)).id,
			roleIds: company.roles.filter(({ newUsers }) => newUsers).map((role) => role.id),
			teamUids: [],
			queuedTeamUids: [],
			records: 0,
			invitations: 1,
		}),
	);
	session.print(`${email} user invited with Enterprise User ID : ${id}`);
}

function changeUser(session: Session, given: Arguments, user: User): void {
	const before = session.output.printed.length;
	const change = (work: (user: User, company: Company) => void) =>
		session.commander.change((company) => {
			const found = company.users.find(({ id }) => id === user.id);
			if (found) work(found, company);
		});
	if (given.has('--delete')) {
		session.ask(given.has('-f'));
		change((_, company) =>
			company.users.splice(
				company.users.findIndex(({ id }) => id === user.id),
				1,
			),
		);
		return session.print(`${user.email} user deleted`);
	}
	for (const [option, lock, word] of [
		['--lock', 'admin', 'locked'],
		['--unlock', 'none', 'unlocked'],
	] as const) {
		if (!given.has(option)) continue;
		if (user.status === 'Invited') {
			session.log(`${user.email} has not accepted invitation yet: Skipping`);
			continue;
		}
		change((found) => (found.lock = lock));
		session.print(`${user.email} is ${word}`);
	}
	for (const name of given.values['--add-role'] ?? []) addRole(session, given, user, name, change);
	for (const name of given.values['--remove-role'] ?? []) {
		const held = rolesNamed(session.commander.known, name).filter(({ id }) =>
			user.roleIds.includes(id),
		);
		if (held.length === 0) session.log(`User "${user.email}" is not in role "${name}": Skipping`);
		for (const { id, name: role } of held) {
			change((found) => (found.roleIds = found.roleIds.filter((held) => held !== id)));
			session.print(`${user.email} removed from role '${role}'`);
		}
	}
	for (const [option, adds] of [
		['--add-team', true],
		['--remove-team', false],
	] as const) {
		for (const name of given.values[option] ?? []) {
			const [team] = teamsNamed(session.commander.known, name);
			if (!team) throw new CommandError(`Team ${name} could be resolved`);
			change((found) => {
				const list = user.status === 'Invited' ? 'queuedTeamUids' : 'teamUids';
				found[list] = found[list].filter((uid) => uid !== team.uid);
				if (adds) found[list].push(team.uid);
			});
			session.print(`${user.email} ${adds ? 'added to' : 'removed from'} team '${team.name}'`);
		}
	}
	for (const option of ['--expire', '--extend', '--disable-2fa'])
		if (given.has(option)) {
			session.ask(given.has('-f'));
			session.print(`${user.email} password expired`);
		}
	// A command that did nothing shows the user instead, with success.
	if (session.output.printed.length === before) details(session, user);
}

function addRole(
	session: Session,
	given: Arguments,
	user: User,
	name: string,
	change: (work: (user: User) => void) => void,
): void {
	const [role] = rolesNamed(session.commander.known, name);
	if (!role) return session.log(`Role "${name}" cannot be resolved: Skipping`);
	if (user.roleIds.includes(role.id))
		return session.log(`User "${user.email}" is already in role "${role.name}": Skipping`);
	if (role.admin) session.ask(given.has('-f'));
	change((found) => found.roleIds.push(role.id));
	session.print(`${user.email} added to role '${role.name}'`);
}

function details(session: Session, user: User): void {
	session.print(
		`User ID: ${user.id}`,
		`Email: ${user.email}`,
		`Display Name: ${user.name}`,
		`Status: ${statusOf(user)}`,
		`Node: ${nodePath(session.commander.known, user.nodeId)}`,
	);
}
