// An event that comes again must not run again, in a real n8n: what the trigger remembers has to
// reach the database, and n8n does not write what a webhook changes in static data by itself.
import { setTimeout as sleep } from 'node:timers/promises';

import { openScene, storedEvents, workflowOf, type Scene } from './keygen-trigger-scene.mts';

jest.setTimeout(180_000);

describe.each(['v2', 'v1'] as const)(
	'an event that Keygen delivers again, in n8n %s',
	(version) => {
		let scene: Scene;
		let workflowId: string;
		beforeAll(async () => {
			scene = await openScene({ version });
			workflowId = (await scene.n8n.rest.createWorkflow(workflowOf(scene.credential))).id;
			await scene.n8n.rest.publish(workflowId);
		}, 300_000);
		afterAll(async () => await scene?.close(), 60_000);

		const tokens = () =>
			storedEvents(scene.n8n.userFolder, workflowId).map(
				({ idempotencyToken }) => idempotencyToken,
			);
		const untilStored = async (token: string) => {
			for (const late = Date.now() + 60_000; !tokens().includes(token); await sleep(100))
				if (Date.now() > late) throw new Error(`No execution.\n${scene.n8n.log().slice(-2000)}`);
		};
		const happening = (): string =>
			String(scene.keygen.emit({ event: 'license.created' })[0].facts.idempotencyToken);
		const deliveries = (token: string) =>
			scene.keygen.world.store
				.all('webhook-events')
				.filter(({ facts }) => facts.idempotencyToken === token);
		/** Presses "retry" for an event, and waits until it has arrived. */
		const retry = async (token: string) => {
			await scene.retry(deliveries(token)[0].id);
			await scene.keygen.webhooksIdle();
		};
		const attempts = () => scene.keygen.world.deliveries?.attempts ?? 0;
		const timesRun = (token: string) => tokens().filter((one) => one === token).length;

		it('does not run again, neither at once nor after restarts', async () => {
			const events: string[] = [];
			for (let count = 0; count < 5; count += 1) {
				events.push(happening());
				await scene.keygen.webhooksIdle();
			}
			for (const token of events) await untilStored(token);
			for (const token of events) await retry(token);
			await scene.n8n.stop();
			await scene.restart();
			for (const token of events) await retry(token);
			await scene.kill();
			await scene.restart();
			for (const token of events) await retry(token);
			await sleep(1_000);
			expect(events.map(timesRun)).toEqual([1, 1, 1, 1, 1]);
			for (const token of events)
				expect(deliveries(token).map(({ facts }) => facts.status)).toEqual(
					Array(4).fill('DELIVERED'),
				);
		});

		// n8n 1.x runs nothing for a request whose connection is gone, so there is nothing to repeat.
		const losses = version === 'v2' ? (['answer', 'connection'] as const) : (['answer'] as const);
		it.each([...losses])('does not run again where the %s is lost on the way', async (lost) => {
			scene.proxy.losing = lost;
			const token = happening();
			await untilStored(token);
			const before = attempts();
			for (; attempts() < before + 3; await sleep(50));
			scene.proxy.losing = undefined;
			await scene.keygen.webhooksIdle();
			await sleep(1_000);
			expect(timesRun(token)).toBe(1);
			expect(deliveries(token).map(({ facts }) => facts.status)).toEqual(['DELIVERED']);
		});
	},
);
