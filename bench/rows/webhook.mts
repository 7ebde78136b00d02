import { Agent, request } from 'node:http';

import type { Figure } from '../figures.mts';
import { inTurn, median } from '../medians.mts';
import { inARow, type BenchNode, type MeasuredN8n } from '../n8n.mts';
import type { Bench } from '../scene.mts';
import { PUBLIC_HOST } from '../services/public-host.mts';
import { startService, type SignedMessage, type Started } from '../services/process.mts';

const AT_A_TIME = 10;

/** Intake of signed webhooks, against n8n's plain Webhook node that takes the same messages unseen. */
export const webhook: Bench = {
	name: 'webhook',
	async run(scene) {
		const count = scene.size(150, 40);
		const service = await startService('keygen', { latencyMs: 0, licenses: 1 });
		const n8n = await scene.n8n();
		const { trigger, plain, older, stop } = await published(n8n, service);
		try {
			const rate = (path: string) => async () => {
				const messages = await service.sign(`https://${PUBLIC_HOST}${path}`, count);
				await n8n.collectGarbage();
				const started = performance.now();
				await sendAll(`${n8n.n8n.url}${path}`, messages);
				return count / ((performance.now() - started) / 1000);
			};
			const ways = { trigger: rate(trigger), plain: rate(plain), older: rate(older) };
			await inTurn(1, ways);
			const rates = await inTurn(scene.size(3, 1), ways);
			await scene.profile('Signed webhook intake', ways.trigger);
			const figure = (against: string, theirs: number): Figure => ({
				what: `signed webhook intake, requests per second (${AT_A_TIME} at a time)`,
				against,
				measured: median(rates.trigger) / theirs,
				unit: 'of its rate',
				bound: { least: 0.9 },
				detail: `${median(rates.trigger).toFixed(0)} against ${theirs.toFixed(0)} per second, each starting a workflow`,
			});
			return [
				figure("n8n's Webhook node, which checks nothing", median(rates.plain)),
				figure(
					"n8n's Webhook node of version 1, which n8n treats as it does other triggers",
					median(rates.older),
				),
			];
		} finally {
			await stop();
			service.stop();
		}
	},
};

/** Publishes both workflows; gives the paths that they listen at. */
async function published({ n8n }: MeasuredN8n, service: Started<'keygen'>) {
	const credential = await n8n.rest.createCredential('keygenApi', {
		host: 'selfHosted',
		baseUrl: service.url,
		selfHostedAccount: service.accountId,
		authentication: 'token',
		token: service.token,
		apiVersion: '1.8',
	});
	const path = `plain-${service.port}`;
	const webhookId = `trigger-${service.port}`;
	const last: BenchNode = { name: 'Last', type: 'n8n-nodes-base.noOp', parameters: {} };
	const trigger: BenchNode = {
		name: 'Keygen Trigger',
		type: 'n8n-nodes-keygen.keygenTrigger',
		parameters: { events: ['*'] },
		credentials: { keygenApi: credential },
		webhookId,
	};
	const plain = (typeVersion: number): BenchNode => ({
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion,
		parameters: { path: `${path}-${typeVersion}`, httpMethod: 'POST', options: {} },
		webhookId: `${path}-${typeVersion}`,
	});
	const ids: string[] = [];
	for (const first of [trigger, plain(2), plain(1)]) {
		const { id } = await n8n.rest.createWorkflow(inARow([first, last]));
		await n8n.rest.publish(id);
		ids.push(id);
	}
	return {
		trigger: `/webhook/${webhookId}/webhook`,
		plain: `/webhook/${path}-2`,
		older: `/webhook/${path}-1`,
		stop: async () => {
			for (const id of ids) await n8n.rest.unpublish(id);
		},
	};
}

/** Sends messages, some at a time; each must be taken. */
async function sendAll(url: string, messages: SignedMessage[]): Promise<void> {
	const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
	const left = [...messages];
	const lane = async () => {
		for (let message = left.pop(); message; message = left.pop()) await send(url, message, agent);
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, lane));
	agent.destroy();
}

async function send(url: string, { headers, body }: SignedMessage, agent: Agent): Promise<void> {
	const status = await new Promise<number>((resolve, reject) => {
		const sent = request(url, { method: 'POST', headers, agent }, (response) => {
			response.resume().once('end', () => resolve(response.statusCode ?? 0));
		});
		sent.once('error', reject);
		sent.end(body);
	});
	if (status !== 200) throw new Error(`A message was answered with status ${status}.`);
}
