import { randomUUID } from 'node:crypto';

import { signedHeaders } from '../../sandbox/keygen-signing/message-signatures.mts';
import type { KeygenSandbox } from '../../sandbox/keygen/start.mts';
import type { SignedMessage } from './process.mts';

/** A webhook event as Keygen sends it, of the size that one of a license has. */
export function signedEvent({ world, accountId }: KeygenSandbox, url: string): SignedMessage {
	const { host, pathname } = new URL(url);
	const created = new Date().toISOString();
	const license = {
		data: {
			id: randomUUID(),
			type: 'licenses',
			attributes: {
				name: 'Northfield University',
				key: `${randomUUID()}-${randomUUID()}`.toUpperCase(),
				expiry: '2027-09-01T00:00:00.000Z',
				status: 'ACTIVE',
				uses: 0,
				suspended: false,
				metadata: { email: 'ann@students.northfield.example' },
				created,
				updated: created,
			},
			relationships: {
				account: { data: { type: 'accounts', id: accountId } },
				policy: { data: { type: 'policies', id: randomUUID() } },
				product: { data: { type: 'products', id: randomUUID() } },
			},
		},
	};
	const event = {
		data: {
			id: randomUUID(),
			type: 'webhook-events',
			attributes: {
				endpoint: url,
				payload: JSON.stringify(license),
				event: 'license.created',
				status: 'DELIVERING',
				created,
				updated: created,
			},
			relationships: { account: { data: { type: 'accounts', id: accountId } } },
			meta: { idempotencyToken: randomUUID() },
		},
	};
	const body = JSON.stringify(event);
	const headers = signedHeaders(world.keys, {
		method: 'post',
		target: pathname,
		host,
		body: Buffer.from(body),
		date: new Date(),
		accountId,
		algorithm: 'ed25519',
	});
	return { headers: { 'content-type': 'application/json', ...headers }, body };
}
