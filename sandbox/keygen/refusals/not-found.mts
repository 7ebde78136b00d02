import { singular } from '../wire/names.mts';
import { refuse } from './problems.mts';

/** What the service calls a type whose name says less. */
const longNames: Record<string, string> = {
	artifacts: 'release artifact',
	arches: 'release arch',
	channels: 'release channel',
	components: 'machine component',
	constraints: 'release entitlement constraint',
	engines: 'release engine',
	packages: 'release package',
	platforms: 'release platform',
	processes: 'machine process',
	settings: 'account setting',
};

const nameOf = (type: string): string => longNames[type] ?? singular(type).replaceAll('-', ' ');

/** 404 for a resource that the path names by its ID or an alias. */
export function notFound(type: string, name: string): never {
	return refuse(404, `The requested ${nameOf(type)} '${name}' was not found`, {
		code: 'NOT_FOUND',
	});
}

/** 404 for a resource that hangs on another one by a relationship which is empty. */
export function noneFound(type: string): never {
	return refuse(404, `The requested ${nameOf(type)} was not found`, { code: 'NOT_FOUND' });
}

/** 404 for a path and method that the server does not have. */
export function noEndpoint(): never {
	const hint = 'check your HTTP method, Accept header, and URL path';
	return refuse(404, `The requested endpoint was not found (${hint})`, { code: 'NOT_FOUND' });
}
