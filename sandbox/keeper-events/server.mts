import fastify from 'fastify';
import type { AddressInfo, Socket } from 'node:net';
import { serveControl } from './control.mts';
import { serveBillingUsage } from './billing-endpoint.mts';
import { serveEvents } from './events-endpoint.mts';
import { EventsService, type ServiceOptions } from './events-service.mts';

export interface KeeperEventsSandbox {
	url: string;
	port: number;
	/** The state behind the server, for tests in the same process. */
	service: EventsService;
	/** Connections accepted so far. */
	sockets(): number;
	close(): Promise<void>;
}

/**
 * Starts a stand-in for Keeper's audit events service on 127.0.0.1.
 * port: 0 for a free one. All else: see ServiceOptions.
 */
export async function startKeeperEventsSandbox(
	options: ServiceOptions & { port?: number } = {},
): Promise<KeeperEventsSandbox> {
	const service = new EventsService(options);
	const app = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });
	const open = new Set<Socket>();
	let accepted = 0;
	app.server.on('connection', (socket: Socket) => {
		accepted++;
		open.add(socket);
		socket.once('close', () => open.delete(socket));
	});
	serveEvents(app, service);
	serveBillingUsage(app, service);
	serveControl(app, service, () => accepted);
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		service,
		sockets: () => accepted,
		close: async () => {
			// Requests that a fault left unanswered would keep the server open.
			for (const socket of open) socket.destroy();
			await app.close();
		},
	};
}
