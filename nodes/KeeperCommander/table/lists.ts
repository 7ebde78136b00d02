import type { LineTemplate } from '../command-line/template';

/** A record as Commander shows it. */
export type Shown = Readonly<Record<string, unknown>>;

/** A list that shows what Keeper holds. */
export interface List {
	/** What one of its records is called. */
	record: string;
	/** The list of users is filtered by `email`; the others are complete. */
	line: LineTemplate;
	/** The column that identifies a record. */
	id: string;
	/** The column by which people know them. */
	name: string;
	/** Whether letter case in the name does not matter. */
	anyCase?: true;
}

/** The lists in which operations look up records. */
export const LISTS = {
	users: {
		record: 'User',
		line: 'enterprise-info --format=json --users --columns=name,status,transfer_status,node,job_title,roles,teams {email}',
		id: 'user_id',
		name: 'email',
		anyCase: true,
	},
	teams: {
		record: 'Team',
		line: 'enterprise-info --format=json --teams --columns=restricts,node,users,queued_users',
		id: 'team_uid',
		name: 'name',
	},
	roles: {
		record: 'Role',
		line: 'enterprise-info --format=json --roles --columns=default_role,admin,node,users',
		id: 'role_id',
		name: 'name',
	},
	nodes: {
		record: 'Node',
		line: 'enterprise-info --format=json --nodes --columns=parent_node,parent_id,user_count,team_count,role_count',
		id: 'node_id',
		name: 'name',
	},
	tokens: {
		record: 'API token',
		line: 'public-api-key list --format=json',
		id: 'name',
		name: 'name',
	},
} as const satisfies Record<string, List>;

export type ListName = keyof typeof LISTS;
