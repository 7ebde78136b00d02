import { CommandError, type Command } from './command.mts';
import { nodeNamed } from './finding.mts';

export const enterpriseNode: Command = {
	syntax: {
		options: [
			{ names: ['-f', '--force'] },
			{ names: ['--add'] },
			{ names: ['--delete'] },
			{ names: ['--wipe-out'] },
			{ names: ['--toggle-isolated'] },
			{ names: ['--parent'], value: 'text' },
			{ names: ['--name'], value: 'text' },
		],
		positionals: [{ name: 'node', rest: true }],
	},
	run: (session, given) => {
		const { commander } = session;
		for (const name of given.positionals.node ?? []) {
			const { known } = commander;
			if (given.has('--add')) {
				const parent = given.value('--parent');
				if (parent === undefined) throw new CommandError('Parent node is required');
				const parentId = nodeNamed(known, parent).id;
				if (known.nodes.some((node) => node.name === name && node.parentId === parentId)) {
					session.log(`Node "${name}" already exists: Skipping`);
					continue;
				}
				const id = commander.nextId();
				commander.change(({ nodes }) => nodes.push({ id, name, parentId }));
				session.print(`Node is created with Node ID: ${id}`);
				continue;
			}
			const node = nodeNamed(known, name);
			if (given.has('--delete')) {
				const inUse = [...known.users, ...known.teams, ...known.roles].some(
					({ nodeId }) => nodeId === node.id,
				);
				if (inUse || known.nodes.some(({ parentId }) => parentId === node.id)) {
					session.log(`Failed to delete node "${node.name}": the node is not vacant`);
					continue;
				}
				commander.change((company) => {
					company.nodes = company.nodes.filter(({ id }) => id !== node.id);
				});
				session.print(`Node "${node.name}" is deleted`);
				continue;
			}
			// A new name and a new parent in one call do nothing, without a word.
		}
	},
};
