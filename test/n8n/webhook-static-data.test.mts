// n8n 2.41 loses what a node writes into static data in `webhook()`. The Keygen Trigger works around
// it in `nodes/Keygen/trigger/memory/when-stored.ts`, and docs/n8n-webhook-static-data.md tells n8n's
// maintainers. When this fails for 'v2', n8n has mended it, and the workaround can go.
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n } from '../../sandbox/n8n/instance.mts';
import { handedOver } from '../../sandbox/n8n/api/handed-over.mts';
import { newUserFolder } from '../../sandbox/n8n/user-folder.mts';

jest.setTimeout(300_000);

const NODE = `exports.Counter = class {
	description = {
		displayName: 'Counter', name: 'counter', group: ['trigger'], version: 1, description: 'Counts',
		defaults: { name: 'Counter' }, inputs: [], outputs: ['main'], properties: [],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'count' }],
	};
	webhookMethods = { default: {
		async checkExists() { this.getWorkflowStaticData('node').isThere = true; return true; },
		async create() { return true; },
		async delete() { return true; },
	} };
	async webhook() {
		const data = this.getWorkflowStaticData('node');
		data.count = (data.count ?? 0) + 1;
		return { workflowData: [[{ json: { count: data.count } }]] };
	}
};
`;

it.each<[N8nLine, string, number[]]>([
	['v2', 'loses', [1, 1, 1, 1]],
	['v1', 'keeps', [1, 2, 3, 4]],
])('n8n %s %s what a webhook writes into static data', async (version, _, expected) => {
	const extensions = newUserFolder();
	const folder = path.join(extensions, 'counter');
	mkdirSync(folder);
	writeFileSync(path.join(folder, 'Counter.node.js'), NODE);
	const n8n = await startN8n({ version, env: { N8N_CUSTOM_EXTENSIONS: extensions } });
	try {
		const webhookId = randomUUID();
		const { id } = await n8n.rest.createWorkflow({
			nodes: [{ name: 'Counter', type: 'CUSTOM.counter', parameters: {}, webhookId }],
			connections: {},
		});
		await n8n.rest.publish(id);
		const counts = () =>
			handedOver(n8n.userFolder, id, 'Counter').map(([{ count }]) => Number(count));
		for (let request = 1; request <= 4; request += 1) {
			await fetch(`${n8n.url}/webhook/${webhookId}/count`, { method: 'POST' });
			for (let tries = 0; counts().length < request && tries < 600; tries += 1) await sleep(50);
		}
		expect(counts()).toEqual(expected);
	} finally {
		await n8n.discard();
	}
});
