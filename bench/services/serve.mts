// A stand-in in a process of its own, so that it takes no time from what is measured. Started by
// process.mts; speaks with it over the channel that Node opens between the two.
import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { startKeeperEventsSandbox } from '../../sandbox/keeper-events/server.mts';
import { startKeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import { startKeygenSandbox } from '../../sandbox/keygen/start.mts';
import type { Counts, Order, Service, SignedMessage } from './process.mts';
import { PUBLIC_HOST } from './public-host.mts';
import { signedEvent } from './signed-event.mts';

/** What is set on a stand-in between runs. */
interface Started {
	service: Service;
	reset?: () => void;
	sign?: (url: string, count: number) => SignedMessage[];
}

const STARTERS: Record<Service['kind'], (options: never) => Promise<Started>> = {
	async keeperPartner(options: { latencyMs: number; name: string; secret: string }) {
		const { latencyMs, name, secret } = options;
		const sandbox = await startKeeperPartnerSandbox({
			partnerName: name,
			partnerSecret: secret,
			faults: { latencyMs },
		});
		const reset = () => {
			sandbox.reset();
			sandbox.setFaults({ latencyMs });
		};
		return { service: { kind: 'keeperPartner', url: sandbox.url }, reset };
	},
	async keeperEvents(options: Parameters<typeof startKeeperEventsSandbox>[0]) {
		const { url } = await startKeeperEventsSandbox(options);
		return { service: { kind: 'keeperEvents', url } };
	},
	/** The request log of the service is off: it would keep each answer. */
	async keygen(options: { latencyMs: number; licenses: number; release?: '1.6.0' | '1.7.0' }) {
		const { latencyMs, licenses, release } = options;
		const sandbox = await startKeygenSandbox({
			...(release && { release }),
			remember: 100,
			features: [],
			webhooks: { allowHosts: [PUBLIC_HOST] },
		});
		sandbox.seed({ type: 'licenses', count: licenses, attributes: { name: 'License {n}' } });
		if (latencyMs > 0) sandbox.fault({ kind: 'latency', delay: latencyMs });
		const { url, accountId, adminToken } = sandbox;
		const sign = (target: string, events: number) =>
			Array.from({ length: events }, () => signedEvent(sandbox, target));
		return { service: { kind: 'keygen', url, accountId, token: adminToken }, sign };
	},
};

const open = new Set<Socket>();
let counts: Counts = none();

function none(): Counts {
	return { requests: 0, sockets: 0, socketsAtOnce: open.size };
}

subscribe('net.server.socket', (message) => {
	const { socket } = message as { socket: Socket };
	open.add(socket);
	counts.sockets++;
	counts.socketsAtOnce = Math.max(counts.socketsAtOnce, open.size);
	socket.once('close', () => open.delete(socket));
});
// An answer that closes its connection ends it, though the other side may take a moment to agree.
subscribe('http.server.response.finish', (message) => {
	const { response, socket } = message as { response: ServerResponse; socket: Socket };
	if (!response.shouldKeepAlive) open.delete(socket);
});
subscribe('http.server.request.start', () => counts.requests++);

const [kind, options] = process.argv.slice(2);
const { service, reset, sign } = await STARTERS[kind as Service['kind']](
	JSON.parse(options) as never,
);
const tell = (message: unknown) => process.send?.(message);
process.on('message', (order: Order) => {
	if (order === 'reset') {
		reset?.();
		counts = none();
	}
	tell(typeof order === 'object' ? sign?.(order.sign.url, order.sign.count) : counts);
});
// It ends with the process that started it, however that one ends.
process.on('disconnect', () => process.exit());
tell(service);
