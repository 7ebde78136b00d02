import type { Choice, Field } from './field';

/** What a list can show besides ID and name, in Commander's words. */
const USER = {
	'2fa_enabled': 'Whether the user signs in with a second factor',
	alias: 'Other email addresses of the user',
	job_title: "The user's job title",
	name: 'The full name of the user',
	node: 'The path of the node that the user belongs to',
	role_count: 'How many roles the user has',
	roles: "The names of the user's roles",
	status: 'Active, Invited or Locked',
	team_count: 'How many teams the user belongs to',
	teams: "The names of the user's teams",
	transfer_status: 'Whether the user has accepted account transfer',
};

const TEAM = {
	node: 'The path of the node that the team belongs to',
	queued_user_count: 'How many users are waiting to join',
	queued_users: 'The email addresses of users who are waiting to join',
	restricts: 'What members may not do: R for viewing, W for editing, S for sharing',
	role_count: 'How many roles the team has',
	roles: "The names of the team's roles",
	user_count: 'How many members the team has',
	users: 'The email addresses of the members',
};

const ROLE = {
	admin: 'Whether the role administers a node',
	default_role: 'Whether new users get the role',
	node: 'The path of the node that the role belongs to',
	team_count: 'How many teams have the role',
	teams: 'The names of the teams that have the role',
	user_count: 'How many users have the role',
	users: 'The email addresses of the users who have the role',
	visible_below: 'Whether nodes below can see the role',
};

const NODE = {
	isolated: 'Whether the node is isolated from the others',
	parent_id: 'The ID of the node above',
	parent_node: 'The name of the node above',
	role_count: 'How many roles the node has',
	roles: 'The names of its roles',
	team_count: 'How many teams the node has',
	teams: 'The names of its teams',
	user_count: 'How many users the node has',
	users: 'The email addresses of its users',
};

function columns<C extends Record<string, string>>(
	description: string,
	all: C,
	usual: Array<keyof C & string>,
): Field {
	const options = Object.entries(all).map(([name, meaning]): [string, Choice] => [
		name,
		{ name, description: meaning },
	]);
	return {
		type: 'choices',
		label: 'Columns',
		description,
		options: Object.fromEntries(options),
		default: usual,
	};
}

export const userColumns = columns('What to show of each user besides ID and email', USER, [
	'name',
	'status',
	'transfer_status',
	'node',
]);

export const teamColumns = columns('What to show of each team besides UID and name', TEAM, [
	'restricts',
	'node',
	'user_count',
]);

export const roleColumns = columns('What to show of each role besides ID and name', ROLE, [
	'default_role',
	'admin',
	'node',
	'user_count',
]);

export const nodeColumns = columns('What to show of each node besides ID and name', NODE, [
	'parent_node',
	'parent_id',
	'user_count',
	'team_count',
	'role_count',
]);
