import { createServer } from 'node:net';

/** The port asked for, so that addresses stay the same from start to start; any free one if it is taken. */
export async function portOrAnother(wanted: number): Promise<number> {
	return (await listens(wanted)) ?? (await listens(0)) ?? wanted;
}

async function listens(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() =>
				resolve(typeof address === 'object' && address ? address.port : undefined),
			);
		});
	});
}
