// The driver itself, on both n8n lines: whatever else is tested in a real n8n stands on this.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type N8nLine, packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import type { WorkflowSource } from '../../sandbox/n8n/api/rest.mts';

const repository = path.resolve(import.meta.dirname, '..', '..');
/** By n8n's rule a node's name is its file's name, beginning in lower case. */
const declaredNodes = readdirSync(path.join(repository, 'packages')).flatMap((name) => {
	const manifest = path.join(repository, 'packages', name, 'package.json');
	const { n8n } = JSON.parse(readFileSync(manifest, 'utf8')) as { n8n: { nodes: string[] } };
	return n8n.nodes.map((file) => {
		const node = path.basename(file, '.node.js');
		return `${name}.${node[0].toLowerCase()}${node.slice(1)}`;
	});
});

const greeting: WorkflowSource = {
	nodes: [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
		{
			name: 'Greet',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: '={{ { sum: 40 + 2 } }}' },
		},
	],
	connections: { Start: { main: [[{ node: 'Greet', type: 'main', index: 0 }]] } },
};

jest.setTimeout(600_000);

describe.each<N8nLine>(['v2', 'v1'])('a real n8n, line %s', (version) => {
	let n8n: StartedN8n;

	beforeAll(async () => {
		n8n = await startN8n({ version, tarballs: packageTarballs() });
	});
	afterAll(async () => await n8n?.discard());

	it('offers every node of both packages under its published name', async () => {
		const offered = (await n8n.rest.nodeTypes()).map(({ name }) => name);
		expect(declaredNodes.length).toBeGreaterThan(0);
		expect(offered).toEqual(expect.arrayContaining(declaredNodes));
	});

	it('runs a workflow, keeps the result, and still has it after a kill', async () => {
		const { id } = await n8n.rest.createWorkflow(greeting);
		const execution = await n8n.rest.runWorkflow(id);
		expect(execution.error).toBeUndefined();
		expect(execution.json('Greet')).toEqual([{ sum: 42 }]);

		await n8n.kill();
		await expect(fetch(n8n.url)).rejects.toThrow();
		n8n = await startN8n({ version, userFolder: n8n.userFolder });

		const stored = await n8n.rest.executions({ workflowId: id });
		expect(stored.map((entry) => [entry.id, entry.status])).toEqual([[execution.id, 'success']]);
		expect((await n8n.rest.execution(execution.id)).json('Greet')).toEqual([{ sum: 42 }]);
	});
});
