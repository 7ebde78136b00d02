import type { FastifyRequest } from 'fastify';

import { refuse } from '../refusals/problems.mts';
import { World } from '../state/world.mts';
import { header } from './headers.mts';

/** The API version of a request: its own, else that of the account. */
export function versionOf(world: World, request: FastifyRequest): string {
	const given = header(request, 'keygen-version');
	if (given === undefined) return world.account.facts.apiVersion ?? world.edition.newestVersion;
	const version = given.replace(/^v/, '');
	if (world.edition.versions.includes(version)) return version;
	return refuse(400, 'unsupported API version requested', { code: 'INVALID_API_VERSION' });
}
