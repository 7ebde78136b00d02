import { refuse } from './problems.mts';

/** A record that a rule keeps from this bearer. */
export const ALL_RESOURCES = 'ensure the token or license is allowed to access all resources';

/** A role that may not do this at all. */
export const lacking = (role: string): string =>
	`${role.replace('-', ' ')} lacks permission to perform action`;

/** 403 with its reason in parentheses; permission denials have no code. */
export function forbid(reason: string = ALL_RESOURCES): never {
	return refuse(403, `You do not have permission to complete the request (${reason})`);
}
