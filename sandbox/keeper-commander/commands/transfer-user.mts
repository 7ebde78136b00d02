import { CommandError, type Command } from './command.mts';

export const transferUser: Command = {
	syntax: {
		options: [{ names: ['-f', '--force'] }, { names: ['--target-user'], value: 'text' }],
		positionals: [{ name: 'email', rest: true }],
	},
	run: (session, given) => {
		const { commander } = session;
		const find = (email: string | undefined) =>
			commander.known.users.find((user) => user.email === email?.toLowerCase());
		for (const email of given.positionals.email ?? []) {
			// A mapping file on the host of the service.
			if (email.startsWith('@')) throw new CommandError(`File ${email.slice(1)} was read`);
			session.ask(given.has('-f'));
			const from = find(email);
			const to = find(given.value('--target-user'));
			if (!from) session.log(`"${email}" is not a known user account: Skipping`);
			else if (!to || to.status !== 'Active' || to.lock !== 'none')
				session.log(`Target user is not an active account: Skipping`);
			else if (from.transfer !== 'Transfer accepted')
				session.log(`${email}: user has not accepted account transfer: Skipping`);
			else {
				commander.change((company) => {
					const target = company.users.find(({ id }) => id === to.id);
					if (target) target.records += from.records;
					company.users = company.users.filter(({ id }) => id !== from.id);
				});
				session.print(`${from.email}: account is transferred`, `Records: ${from.records}`);
			}
		}
	},
};
