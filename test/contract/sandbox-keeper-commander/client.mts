import { setTimeout as sleep } from 'node:timers/promises';

import {
	startKeeperCommanderSandbox,
	type KeeperCommanderOptions,
	type KeeperCommanderSandbox,
} from '../../../sandbox/keeper-commander/server.mts';

/** A body as tests read it: text, or JSON of which any member may be missing. */
export interface Body {
	status: string;
	error: string;
	request_id: string;
	command: string;
	message: string;
	data: Array<Record<string, unknown>> & Record<string, unknown>;
	result: unknown;
}

export interface Answer {
	code: number;
	type: string;
	body: Body;
	bytes: Buffer;
}

/** A sandbox, and the calls that any client makes. */
export interface Client {
	sandbox: KeeperCommanderSandbox;
	get(path: string, headers?: Record<string, string>): Promise<Answer>;
	post(path: string, body: string, headers?: Record<string, string>): Promise<Answer>;
	/** Submits a command; gives the request's ID. */
	submit(command: string, headers?: Record<string, string>): Promise<string>;
	/** Submits a command and waits for its result. */
	run(command: string): Promise<Answer>;
}

const open: KeeperCommanderSandbox[] = [];
afterAll(() => Promise.all(open.map((sandbox) => sandbox.close())));

export async function openClient(options: KeeperCommanderOptions = {}): Promise<Client> {
	const sandbox = await startKeeperCommanderSandbox({ rateLimit: '100000/minute', ...options });
	open.push(sandbox);
	const call = async (path: string, init: RequestInit) => {
		const response = await fetch(sandbox.url + path, init);
		const bytes = Buffer.from(await response.arrayBuffer());
		const type = response.headers.get('content-type') ?? '';
		const body = type === 'application/json' ? JSON.parse(bytes.toString()) : bytes.toString();
		return { code: response.status, type, body, bytes };
	};
	const key = { 'api-key': sandbox.apiKey };
	const client: Client = {
		sandbox,
		get: (path, headers = key) => call(path, { headers }),
		post: (path, body, headers = { ...key, 'content-type': 'application/json' }) =>
			call(path, { method: 'POST', body, headers }),
		async submit(command, headers) {
			const { body } = await client.post(
				'/api/v2/executecommand-async',
				JSON.stringify({ command }),
				headers,
			);
			return body.request_id;
		},
		async run(command) {
			const id = await client.submit(command);
			for (;;) {
				const answer = await client.get(`/api/v2/result/${id}`);
				if (answer.code !== 202) return answer;
				await sleep(5);
			}
		},
	};
	return client;
}
