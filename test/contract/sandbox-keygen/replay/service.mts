import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startKeygenSandbox } from '../../../../sandbox/keygen/start.mts';
import { singleplayerCe } from '../../../../sandbox/keygen/state/options.mts';
import { HOST, startTlsProxy } from '../../../../sandbox/n8n/tls-proxy.mts';
import type { TlsProxy } from '../../../../sandbox/n8n/tls-proxy.mts';

/** An empty service with an account and its administrator. */
export interface Service {
	origin: string;
	accountId: string;
	admin: { id: string; email: string; password: string; token: string; tokenId: string };
	/** URLs of a webhook receiver that answers in several ways. */
	hooks: { ok: string; fail: string; gone: string; refused: string };
	close(): Promise<void>;
}

/** What the recordings call a webhook receiver: https on a public name. */
export interface Receiver {
	hooks: Service['hooks'];
	proxy: TlsProxy;
	close(): Promise<void>;
}

const answers: Record<string, [number, string]> = {
	'/ok': [200, 'thanks'],
	'/fail': [500, 'no'],
	'/gone': [410, 'gone'],
};

/** Nothing listens there. */
const CLOSED_PORT = 9;

export async function startReceiver(): Promise<Receiver> {
	const server = createServer((request, response) => {
		request.resume();
		const [status, text] = answers[request.url ?? ''] ?? [404, ''];
		response.writeHead(status).end(text);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const proxy = await startTlsProxy(`http://127.0.0.1:${port}`);
	const url = (way: string) => `https://${HOST}/${way}`;
	return {
		hooks: {
			ok: url('ok'),
			fail: url('fail'),
			gone: url('gone'),
			refused: `https://${HOST}:${CLOSED_PORT}/refused`,
		},
		proxy,
		async close() {
			await proxy.close();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Starts the sandbox as the server stood from which the answers were recorded. */
export async function startService({ hooks, proxy }: Receiver): Promise<Service> {
	const sandbox = await startKeygenSandbox({
		...singleplayerCe,
		webhooks: {
			ca: proxy.ca,
			hosts: {
				[HOST]: `127.0.0.1:${proxy.port}`,
				[`${HOST}:${CLOSED_PORT}`]: `127.0.0.1:${CLOSED_PORT}`,
			},
		},
	});
	const { adminEmail, adminPassword } = singleplayerCe.account;
	const basic = Buffer.from(`${adminEmail}:${adminPassword}`).toString('base64');
	const answer = await fetch(`${sandbox.url}/v1/tokens`, {
		method: 'POST',
		headers: { authorization: `Basic ${basic}` },
	});
	const { data } = (await answer.json()) as {
		data: { id: string; attributes: { token: string } };
	};
	return {
		origin: sandbox.url,
		accountId: sandbox.accountId,
		admin: {
			id: sandbox.adminId,
			email: adminEmail,
			password: adminPassword,
			token: data.attributes.token,
			tokenId: data.id,
		},
		hooks,
		close: () => sandbox.close(),
	};
}
