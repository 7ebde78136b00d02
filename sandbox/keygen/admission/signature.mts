import type { FastifyRequest } from 'fastify';

import type { SigningAlgorithm } from '../../keygen-signing/account-keys.mts';
import { refuse } from '../refusals/problems.mts';
import { signatureAlgorithms } from '../state/enums.mts';
import { header } from './headers.mts';

/** Refuses a `Keygen-Accept-Signature` that cannot be met; ed25519 when there is none. */
export function wantedAlgorithm(request: FastifyRequest): SigningAlgorithm {
	const wish = header(request, 'keygen-accept-signature');
	if (wish === undefined) return 'ed25519';
	const name = /(?:^|[\s,])algorithm="([^"]*)"/.exec(wish)?.[1];
	if (name !== undefined && signatureAlgorithms.includes(name)) return name as SigningAlgorithm;
	return refuse(400, 'The wish for a signature is malformed or names an unknown algorithm', {
		header: 'Keygen-Accept-Signature',
	});
}
