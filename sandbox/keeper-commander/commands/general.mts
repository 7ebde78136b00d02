import type { Command } from './command.mts';
import { FORMAT } from './command.mts';

const force = { names: ['-f', '--force'] as [string, string] };

export const GENERAL: Record<string, Command> = {
	'enterprise-down': { syntax: { options: [force] }, run: ({ commander }) => commander.reload() },
	'sync-down': { syntax: { options: [force] }, run: () => undefined },
	whoami: {
		syntax: { options: [{ ...FORMAT, names: ['--format'] }] },
		run: (session) =>
			session.json({
				logged_in: true,
				user: 'ada@northfield.example',
				server: 'keepersecurity.com',
				data_center: 'US',
				admin: session.commander.isRootAdmin,
				account_type: 'Enterprise',
				environment: '',
			}),
	},
	'service-status': { run: (session) => session.print('Current status : Running') },
	version: { run: (session) => session.print('Commander Version: 18.0.13') },
	'device-approve': {
		syntax: {
			options: [
				{ ...FORMAT, names: ['--format'] },
				{ names: ['-r', '--reload'] },
				{ names: ['-a', '--approve'] },
				{ names: ['-d', '--deny'] },
			],
			positionals: [{ name: 'device', rest: true }],
		},
		run: (session, given) => {
			if (!given.has('-a') && !given.has('-d'))
				session.log('There are no pending devices to approve');
		},
	},
};
