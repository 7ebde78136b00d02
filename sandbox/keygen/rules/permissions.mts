import { views } from '../records/views.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { singular } from '../wire/names.mts';

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
