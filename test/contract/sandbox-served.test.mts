import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { installedN8n } from '../../sandbox/n8n/installed.mts';

const repository = path.resolve(import.meta.dirname, '..', '..');
const running: ChildProcessWithoutNullStreams[] = [];
afterAll(() => running.forEach((child) => child.kill()));

function run(...args: string[]): ChildProcessWithoutNullStreams {
	const { node } = installedN8n('v2');
	const child = spawn(node, ['sandbox/main.mts', ...args], { cwd: repository });
	running.push(child);
	return child;
}

/** The line of JSON that a start prints. */
async function started(child: ChildProcessWithoutNullStreams): Promise<Record<string, unknown>> {
	for await (const line of createInterface(child.stdout)) return JSON.parse(line) as never;
	throw new Error(`It ended without a line: ${child.exitCode}`);
}

describe('npm run sandbox', () => {
	test('keygen is an empty CE server whose administrator can sign in', async () => {
		const child = run('keygen', '--port', '0');
		const facts = await started(child);
		expect(Object.keys(facts)).toEqual([
			'url',
			'accountId',
			'adminEmail',
			'adminPassword',
			'adminToken',
		]);
		const pair = Buffer.from(`${facts.adminEmail}:${facts.adminPassword}`).toString('base64');
		const signIn = await fetch(`${facts.url}/v1/tokens`, {
			method: 'POST',
			headers: { authorization: `Basic ${pair}` },
		});
		expect(signIn.status).toBe(201);
		const ask = async (what: string) => {
			const authorization = `Bearer ${facts.adminToken}`;
			const answer = await fetch(`${facts.url}/v1${what}`, { headers: { authorization } });
			return { status: answer.status, body: (await answer.json()) as { data?: unknown } };
		};
		expect(await ask('/licenses')).toEqual({ status: 200, body: { data: [] } });
		expect((await ask(`/accounts/${facts.accountId}`)).status).toBe(200);
		expect((await ask('/environments')).status).toBe(404);
	});

	test('it ends when it is told to', async () => {
		const child = run('keygen', '--port', '0');
		const { url } = await started(child);
		child.kill();
		expect(await once(child, 'exit')).toEqual([0, null]);
		await expect(fetch(String(url))).rejects.toThrow();
	});

	test('without a name all of them start', async () => {
		const all = (await started(run('--port', '0'))) as Record<string, { url: string }>;
		expect(Object.keys(all)).toEqual(
			expect.arrayContaining(['keeper-events', 'keeper-partner', 'keygen']),
		);
		for (const { url } of Object.values(all)) expect((await fetch(url)).status).toBeLessThan(500);
	});

	test.each([
		[['keygne'], /There is no stand-in named keygne\. There are: .*keygen/],
		[['keygen', '--port', 'x'], /--port must be a number from 0 to 65535, not 'x'/],
		[['--port', '4000'], /--port is for one stand-in/],
	])('%j is refused', async (args, message) => {
		const child = run(...args);
		let text = '';
		child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
		expect(await once(child, 'exit')).toEqual([1, null]);
		expect(text).toMatch(message);
	});
});
