import { CommandError, FORMAT, type Command } from './command.mts';
import { nodeNamed, rolesNamed, rootNode } from './finding.mts';

export const enterpriseRole: Command = {
	syntax: {
		options: [
			{ ...FORMAT, names: ['--format'] },
			{ names: ['-f', '--force'] },
			{ names: ['--add'] },
			{ names: ['--delete'] },
			{ names: ['--node'], value: 'text' },
			{ names: ['--name'], value: 'text' },
			{ names: ['--new-user'], value: 'text', choices: ['on', 'off'] },
			{ names: ['-au', '--add-user'], value: 'text' },
			{ names: ['-ru', '--remove-user'], value: 'text' },
			{ names: ['--enforcement'], value: 'text' },
		],
		positionals: [{ name: 'role', rest: true }],
	},
	run: (session, given) => {
		const { commander } = session;
		for (const name of given.positionals.role ?? []) {
			const [known] = rolesNamed(commander.known, name);
			if (given.has('--add')) {
				if (known) {
					session.log(`Role "${name}" already exists: Skipping`);
					continue;
				}
				const id = commander.nextId();
				const node = given.value('--node');
				const nodeId = (
					node === undefined ? rootNode(commander.known) : nodeNamed(commander.known, node)
				).id;
				const newUsers = given.value('--new-user') === 'on';
				commander.change(({ roles }) => roles.push({ id, name, nodeId, newUsers, admin: false }));
				session.print(`${name} Role created with Role ID : ${id}`);
				continue;
			}
			if (!known) throw new CommandError(`Role ${name} is not found`);
			if (given.has('--delete')) {
				commander.change((company) => {
					company.roles = company.roles.filter(({ id }) => id !== known.id);
					for (const user of company.users)
						user.roleIds = user.roleIds.filter((id) => id !== known.id);
				});
				session.print(`Role "${known.name}" is deleted`);
				continue;
			}
			const users = commander.known.users
				.filter(({ roleIds }) => roleIds.includes(known.id))
				.map(({ id, email }) => ({ user_id: id, username: email }));
			session.json({ role_id: known.id, name: known.name, default_role: known.newUsers, users });
		}
	},
};
