import { singular } from '../wire/names.mts';

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

/** The permission that a restricted token needs for a route, e.g. `license.create` or `license.suspend`. */
export function permissionOf(route: string, method: string): string {
	const steps = route
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
