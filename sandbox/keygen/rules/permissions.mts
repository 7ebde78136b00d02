import type { Row } from '../row.mts';
import { views } from '../state/views.mts';
import { singular } from '../wire/members.mts';
import { unprocessable } from '../wire/problems.mts';
import type { Problem } from '../wire/problems.mts';

const verbs: Record<string, string> = {
	GET: 'read',
	POST: 'create',
	PATCH: 'update',
	PUT: 'update',
	DELETE: 'delete',
};
const joinVerbs: Record<string, string> = {
	POST: 'attach',
	DELETE: 'detach',
	PATCH: 'update',
	PUT: 'update',
};

/** The permission that a restricted token needs for a row, e.g. `license.create` or `license.suspend`. */
export function permissionOf(row: Row, method: string): string {
	if (row.permission) return row.permission;
	const steps = row.route
		.split(' ')[1]
		.split('/')
		.filter((step) => step !== '' && !step.startsWith('{') && step !== 'v1');
	const [plural, second, third] = steps;
	const resource = plural === 'me' || plural === 'profile' ? 'account' : singular(plural);
	if (second === 'actions') return `${resource}.${third}`;
	if (second === undefined) return `${resource}.${verbs[method]}`;
	return method === 'GET'
		? `${singular(second)}.read`
		: `${resource}.${second}.${joinVerbs[method]}`;
}

const resources = new Set(Object.keys(views).map(singular));

/** A problem when a list of permissions names what does not exist. */
export function permissionProblems(permissions: unknown): Problem[] {
	if (!Array.isArray(permissions)) return [];
	const known = (name: string) =>
		name === '*' || (/^[a-z-]+(\.[a-z-]+)+$/.test(name) && resources.has(name.split('.')[0]));
	return permissions.every(known)
		? []
		: [
				unprocessable(
					'holds an unknown permission',
					'PERMISSIONS_NOT_ALLOWED',
					'/data/attributes/permissions',
				),
			];
}
