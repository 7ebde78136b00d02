import { CommandError, type Command } from './command.mts';
import { nodeNamed, rootNode, teamsNamed } from './finding.mts';

const onOff = (name: string) => ({
	names: [name] as [string],
	value: 'text' as const,
	choices: ['on', 'off'],
});

export const enterpriseTeam: Command = {
	syntax: {
		options: [
			{ names: ['-f', '--force'] },
			{ names: ['--add'] },
			{ names: ['--delete'] },
			{ names: ['--approve'] },
			{ names: ['--node'], value: 'text' },
			{ names: ['--name'], value: 'text' },
			onOff('--restrict-edit'),
			onOff('--restrict-share'),
			onOff('--restrict-view'),
			{ names: ['-au', '--add-user'], value: 'text' },
			{ names: ['-ru', '--remove-user'], value: 'text' },
			{ names: ['-ar', '--add-role'], value: 'text' },
			{ names: ['-rr', '--remove-role'], value: 'text' },
		],
		positionals: [{ name: 'team', rest: true }],
	},
	run: (session, given) => {
		const { commander } = session;
		const node = given.value('--node');
		for (const name of given.positionals.team ?? []) {
			const [known] = teamsNamed(commander.known, name);
			if (given.has('--add')) {
				if (known) {
					session.log(`Team "${name}" already exists: Skipping`);
					continue;
				}
				const uid = commander.nextUid();
				const nodeId = (
					node === undefined ? rootNode(commander.known) : nodeNamed(commander.known, node)
				).id;
				const is = (option: string) => given.value(option) === 'on';
				const restricts = {
					edit: is('--restrict-edit'),
					share: is('--restrict-share'),
					view: is('--restrict-view'),
				};
				commander.change(({ teams }) => teams.push({ uid, name, nodeId, restricts }));
				session.print(`'${name}' team is created with Team ID: ${uid}`);
				continue;
			}
			if (!known) throw new CommandError(`Team "${name}" not found`);
			if (given.has('--delete')) {
				session.ask(given.has('-f'));
				commander.change((company) => {
					company.teams = company.teams.filter(({ uid }) => uid !== known.uid);
					for (const user of company.users)
						user.teamUids = user.teamUids.filter((uid) => uid !== known.uid);
				});
				session.print(`Team "${known.name}" is deleted`);
				continue;
			}
			session.print(`Team UID: ${known.uid}`, `Team Name: ${known.name}`);
		}
	},
};
