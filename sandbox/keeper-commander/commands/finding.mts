import { nodePath, type Company, type Node, type Role, type Team } from '../company/company.mts';
import { CommandError } from './command.mts';

/** A node by ID, name or path. @throws {CommandError} where there is none */
export function nodeNamed(company: Company, given: string): Node {
	const found = company.nodes.find(
		({ id, name }) => String(id) === given || name === given || nodePath(company, id) === given,
	);
	if (!found) throw new CommandError(`Node "${given}" not found`);
	return found;
}

export function rootNode({ nodes }: Company): Node {
	return nodes.find(({ parentId }) => parentId === undefined) as Node;
}

/** Roles by ID or by exact name. */
export function rolesNamed({ roles }: Company, given: string): Role[] {
	return roles.filter(({ id, name }) => String(id) === given || name === given);
}

/** Teams by UID or by exact name. */
export function teamsNamed({ teams }: Company, given: string): Team[] {
	return teams.filter(({ uid, name }) => uid === given || name === given);
}
