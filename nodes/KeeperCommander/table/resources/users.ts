import type { Shown } from '../lists';
import { line, type ReadBack, type Resource } from '../row';
import { holds } from './holds';

const isLocked = (user: Shown | undefined) => String(user?.status).startsWith('Locked');

const inRole = (wanted: boolean): ReadBack => ({
	in: 'roles',
	by: 'role',
	mustExist: true,
	so: (role, { email }) => holds(role?.users, email) === wanted,
});

/** Invited users are queued until they accept their invitation. */
const inTeam = (wanted: boolean): ReadBack => ({
	in: 'teams',
	by: 'team',
	mustExist: true,
	so: (team, { email }) =>
		(holds(team?.users, email) || holds(team?.queued_users, email)) === wanted,
});

export const user: Resource = {
	name: 'User',
	operations: {
		addToRole: {
			name: 'Add to Role',
			action: 'Add user to role',
			description: 'Assign a role to a user, even before the invitation is accepted',
			changes: line('enterprise-user -f --add-role={role} {email}'),
			shows: inRole(true),
		},
		addToTeam: {
			name: 'Add to Team',
			action: 'Add user to team',
			description: 'Add a user to a team',
			changes: line('enterprise-user -f --add-team={team} {email}'),
			shows: inTeam(true),
		},
		delete: {
			name: 'Delete',
			action: 'Delete user',
			description: 'Delete a user and everything in their vault',
			notice:
				'The records in the vault are deleted too and cannot be restored. To keep them, use Transfer Account.',
			changes: line('enterprise-user --delete -f {email}'),
			shows: { in: 'users', by: 'email', so: (user) => user === undefined, deletes: true },
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many users',
			description: 'List the users of the organization or of a node',
			reads: line(
				'enterprise-info --format=json --users [--node={node}] [--columns={userColumns}] [{search}]',
			),
		},
		invite: {
			name: 'Invite',
			action: 'Invite user',
			description: 'Invite a person to the organization by email',
			changes: line(
				'enterprise-user --add [--name={fullName}] [--job-title={jobTitle}] [--node={node}] {email}',
			),
			shows: { in: 'users', by: 'email', so: (user) => user !== undefined },
		},
		lock: {
			name: 'Lock',
			action: 'Lock user',
			description: 'Prevent a user from signing in until the account is unlocked',
			changes: line('enterprise-user -f --lock {email}'),
			shows: { in: 'users', by: 'email', mustExist: true, so: isLocked },
		},
		removeFromRole: {
			name: 'Remove From Role',
			action: 'Remove user from role',
			description: 'Remove a role from a user',
			changes: line('enterprise-user -f --remove-role={role} {email}'),
			shows: inRole(false),
		},
		removeFromTeam: {
			name: 'Remove From Team',
			action: 'Remove user from team',
			description: 'Remove a user from a team',
			changes: line('enterprise-user -f --remove-team={team} {email}'),
			shows: inTeam(false),
		},
		transferAccount: {
			name: 'Transfer Account',
			action: 'Transfer user account',
			description: "Move a user's vault to another user and delete the account",
			notice:
				'The account is deleted once its vault has moved. The user must have accepted account transfer.',
			changes: line('transfer-user -f --target-user={targetEmail} {email}'),
			shows: {
				in: 'users',
				by: 'email',
				mustExist: true,
				so: (user) => user === undefined,
				deletes: true,
			},
		},
		unlock: {
			name: 'Unlock',
			action: 'Unlock user',
			description: 'Allow a locked user to sign in again',
			changes: line('enterprise-user -f --unlock {email}'),
			shows: {
				in: 'users',
				by: 'email',
				mustExist: true,
				so: (user) => user?.status === 'Active',
			},
		},
	},
};
