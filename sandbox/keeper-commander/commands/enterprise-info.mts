import { nodePath, statusOf, type Company } from '../company/company.mts';
import { FORMAT, type Command, type Session } from './command.mts';
import { nodeNamed } from './finding.mts';

type Row = Record<string, unknown>;

/** What a list can show, and what it shows if nobody chooses. */
interface Listing {
	always: string[];
	usual: string[];
	rows: (company: Company, nodeId: number | undefined) => Row[];
}

const names = <T extends { name: string }>(list: T[]): string[] => list.map(({ name }) => name);
const emails = (list: Array<{ email: string }>): string[] => list.map(({ email }) => email);
const at =
	(nodeId: number | undefined) =>
	<T extends { nodeId: number }>(record: T): boolean =>
		nodeId === undefined || record.nodeId === nodeId;

const LISTINGS: Record<string, Listing> = {
	'--nodes': {
		always: ['node_id', 'name'],
		usual: ['parent_node', 'parent_id', 'user_count', 'team_count', 'role_count'],
		rows: (company, nodeId) =>
			company.nodes
				.filter(({ id }) => nodeId === undefined || id === nodeId)
				.map(({ id, name, parentId }) => {
					const users = company.users.filter(at(id));
					const teams = company.teams.filter(at(id));
					const roles = company.roles.filter(at(id));
					return {
						node_id: id,
						name,
						parent_node: parentId === undefined ? '' : nodePath(company, parentId),
						parent_id: parentId,
						user_count: users.length,
						users: emails(users),
						team_count: teams.length,
						teams: names(teams),
						role_count: roles.length,
						roles: names(roles),
						isolated: false,
					};
				}),
	},
	'--users': {
		always: ['user_id', 'email'],
		usual: ['name', 'status', 'transfer_status', 'node'],
		rows: (company, nodeId) =>
			company.users.filter(at(nodeId)).map((user) => {
				const teams = company.teams.filter(({ uid }) => user.teamUids.includes(uid));
				const roles = company.roles.filter(({ id }) => user.roleIds.includes(id));
				return {
					user_id: user.id,
					email: user.email,
					name: user.name,
					status: statusOf(user),
					transfer_status: user.transfer,
					node: nodePath(company, user.nodeId),
					team_count: teams.length,
					teams: names(teams),
					role_count: roles.length,
					roles: names(roles),
					alias: [],
					'2fa_enabled': null,
					job_title: user.jobTitle,
				};
			}),
	},
	'--teams': {
		always: ['team_uid', 'name'],
		usual: ['restricts', 'node', 'user_count'],
		rows: (company, nodeId) =>
			company.teams.filter(at(nodeId)).map(({ uid, name, restricts, nodeId: node }) => {
				const users = company.users.filter(({ teamUids }) => teamUids.includes(uid));
				const queued = company.users.filter(({ queuedTeamUids }) => queuedTeamUids.includes(uid));
				return {
					team_uid: uid,
					name,
					restricts: `${restricts.view ? 'R ' : '  '}${restricts.edit ? 'W ' : '  '}${restricts.share ? 'S' : ' '}`,
					node: nodePath(company, node),
					user_count: users.length,
					users: emails(users),
					queued_user_count: queued.length,
					queued_users: emails(queued),
					role_count: 0,
					roles: [],
				};
			}),
	},
	'--roles': {
		always: ['role_id', 'name'],
		usual: ['default_role', 'admin', 'node', 'user_count'],
		rows: (company, nodeId) =>
			company.roles.filter(at(nodeId)).map(({ id, name, newUsers, admin, nodeId: node }) => {
				const users = company.users.filter(({ roleIds }) => roleIds.includes(id));
				return {
					role_id: id,
					name,
					default_role: newUsers,
					admin,
					node: nodePath(company, node),
					user_count: users.length,
					users: emails(users),
					team_count: 0,
					teams: [],
					visible_below: false,
				};
			}),
	},
};

export const enterpriseInfo: Command = {
	syntax: {
		options: [
			{ ...FORMAT, names: ['--format'] },
			{ names: ['--nodes', '-n'] },
			{ names: ['--users', '-u'] },
			{ names: ['--teams', '-t'] },
			{ names: ['--roles', '-r'] },
			{ names: ['--node'], value: 'text' },
			{ names: ['--columns'], value: 'text' },
			{ names: ['-q', '--quiet'] },
		],
		positionals: [{ name: 'pattern', optional: true }],
	},
	run: (session, given) => {
		const company = session.commander.known;
		const chosen = Object.keys(LISTINGS).find((name) => given.has(name));
		if (chosen === undefined) return session.print(company.name, ' +- tree');
		const listing = LISTINGS[chosen] as Listing;
		const node = given.value('--node');
		const rows = listing.rows(
			company,
			node === undefined ? undefined : nodeNamed(company, node).id,
		);
		const columns = [
			...listing.always,
			...columnsOf(session, listing, rows, given.value('--columns')),
		];
		const pattern = given.positional('pattern')?.toLowerCase();
		session.json(
			rows
				.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])))
				.filter((row) => pattern === undefined || shown(row).includes(pattern)),
		);
	},
};

/** Columns that nobody knows are passed over with a warning. */
function columnsOf(
	session: Session,
	{ usual, always }: Listing,
	[first = {}]: Row[],
	given: string | undefined,
): string[] {
	if (given === undefined) return usual;
	return given.split(',').flatMap((column) => {
		const name = column.trim();
		if (name in first) return always.includes(name) ? [] : [name];
		session.log(`Supported columns: ${Object.keys(first).join(', ')}`);
		return [];
	});
}

const shown = (row: Row): string => Object.values(row).flat().map(String).join('\n').toLowerCase();
