import { refuse } from './problems.mts';

/** A record that a rule keeps from this bearer. */
export const ALL_RESOURCES = 'ensure the token or license is allowed to access all resources';

/** A role that may not do this at all. */
export const lacking = (role: string): string =>
	`${role.replace('-', ' ')} lacks permission to perform action`;

/** 401 for a request whose sender is not known. */
export function unauthenticated(code: string): never {
	return refuse(401, 'You must be authenticated to complete the request', { code });
}

/** 403 for a request whose sender is known but may not do this; `why` is the service's hint. */
export function denied(why = ALL_RESOURCES): never {
	return refuse(403, `You do not have permission to complete the request (${why})`);
}
