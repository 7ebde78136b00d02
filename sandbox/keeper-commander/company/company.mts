/** What Keeper holds of one enterprise. */
export interface Company {
	name: string;
	users: User[];
	teams: Team[];
	roles: Role[];
	nodes: Node[];
	tokens: Token[];
	events: AuditEvent[];
}

export interface User {
	id: number;
	email: string;
	name: string;
	jobTitle: string;
	status: 'Active' | 'Invited';
	lock: 'none' | 'admin' | 'idp';
	/** Whether the user has consented to have the account transferred. */
	transfer: 'Not required' | 'Pending transfer' | 'Transfer accepted';
	nodeId: number;
	roleIds: number[];
	teamUids: string[];
	/** Teams that an invited user joins on arrival. */
	queuedTeamUids: string[];
	records: number;
	invitations: number;
}

export interface Team {
	uid: string;
	name: string;
	nodeId: number;
	restricts: { edit: boolean; share: boolean; view: boolean };
}

export interface Role {
	id: number;
	name: string;
	nodeId: number;
	newUsers: boolean;
	/** Administrators' roles ask before they accept somebody. */
	admin: boolean;
}

export interface Node {
	id: number;
	name: string;
	parentId?: number;
}

export interface Token {
	name: string;
	token: string;
	issued: number;
	/** Epoch milliseconds; undefined for never. */
	expires?: number;
	/** Such as `SIEM:1`. */
	integrations: string[];
}

export interface AuditEvent {
	created: number;
	type: string;
	username: string;
}

/** A node's way from the root, with backslashes, as Commander shows it. */
export function nodePath({ nodes }: Company, id: number): string {
	const node = nodes.find((candidate) => candidate.id === id);
	if (!node) return '';
	return node.parentId === undefined
		? node.name
		: `${nodePath({ nodes } as Company, node.parentId)}\\${node.name}`;
}

export const statusOf = ({ status, lock }: User): string =>
	lock === 'admin' ? 'Locked' : lock === 'idp' ? 'Locked by IdP' : status;
