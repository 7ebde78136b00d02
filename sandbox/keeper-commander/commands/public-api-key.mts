import { randomBytes } from 'node:crypto';

import type { Token } from '../company/company.mts';
import { FORMAT, type Command, type Session } from './command.mts';

const DAY = 86_400_000;
const SPANS: Record<string, number | undefined> = {
	'24h': DAY,
	'7d': 7 * DAY,
	'30d': 30 * DAY,
	'1y': 365 * DAY,
	never: undefined,
};
const INTEGRATIONS: Record<string, number> = { SIEM: 1, CSPM: 2, BILLING: 3 };
const ACTIONS: Record<string, string> = { 1: 'READ', 2: 'READ_WRITE' };
const format = { ...FORMAT, names: ['--format'] as [string] };

const hostTime = (moment: number): string =>
	new Date(moment).toISOString().slice(0, 19).replace('T', ' ');

/** Keeper's server refuses everybody but Root Administrators, and Commander does not say why. */
function refused(session: Session, what: string): boolean {
	if (session.commander.isRootAdmin) return false;
	session.print(`Failed to ${what}`);
	return true;
}

export const publicApiKey: Command = {
	verbs: {
		list: {
			syntax: { options: [format] },
			run: (session) => {
				if (refused(session, 'list API keys')) return;
				const { commander } = session;
				session.json(
					commander.company.tokens.map(({ name, issued, expires, integrations }) => ({
						enterprise_id: 8560,
						name,
						status: expires === undefined || expires > commander.clock.now() ? 'Active' : 'Expired',
						issued_date: hostTime(issued),
						expiration_date: expires === undefined ? 'Never' : hostTime(expires),
						integration: integrations.join(', '),
					})),
				);
			},
		},
		generate: {
			syntax: {
				options: [
					format,
					{ names: ['--name'], value: 'text' },
					{ names: ['--integrations'], value: 'text' },
					{ names: ['--expires'], value: 'text', choices: Object.keys(SPANS) },
				],
			},
			run: (session, given) => {
				if (refused(session, 'generate API key')) return;
				const { commander } = session;
				const integrations = (given.value('--integrations') ?? '')
					.split(',')
					.map((part) => part.trim());
				const wrong = integrations.find((part) => {
					const [name = '', action = ''] = part.split(':');
					return (
						!(name in INTEGRATIONS) ||
						!(action in ACTIONS) ||
						(name === 'BILLING' && !commander.isMsp)
					);
				});
				const name = given.value('--name') ?? '';
				if (wrong !== undefined) return session.print(`Invalid integration: ${wrong}`);
				if (name === '') return session.print('API key name is required');
				if (commander.company.tokens.some((token) => token.name === name))
					return session.print('Failed to generate API key');
				const now = commander.clock.now();
				const span = SPANS[given.value('--expires') ?? 'never'];
				const token: Token = {
					name,
					token: randomBytes(32).toString('base64url'),
					issued: now,
					...(span === undefined ? {} : { expires: now + span }),
					integrations,
				};
				commander.company.tokens.push(token);
				commander.tokens.issued?.(token);
				session.json({
					name,
					token: token.token,
					enterprise_id: 8560,
					issued_date: now,
					expiration_date: token.expires ?? 'never',
					integrations: integrations.map((part) => {
						const [type = '', action = ''] = part.split(':');
						return {
							api_integration_type_name: type,
							action_type: Number(action),
							action_type_name: ACTIONS[action],
						};
					}),
				});
			},
		},
		revoke: {
			syntax: {
				options: [{ names: ['-f', '--force'] }],
				positionals: [{ name: 'name' }],
			},
			run: (session, given) => {
				session.ask(given.has('-f'));
				if (refused(session, 'revoke API key')) return;
				const { commander } = session;
				const name = given.positional('name');
				const at = commander.company.tokens.findIndex((token) => token.name === name);
				if (at < 0) return session.print('Failed to revoke API key');
				const [token] = commander.company.tokens.splice(at, 1);
				if (token) commander.tokens.revoked?.(token);
				session.print(`API Key with Name ${name} revoked successfully`);
			},
		},
	},
};
