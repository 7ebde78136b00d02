// An event that comes again must not run again, in a real n8n: what the trigger remembers has to
// reach the database, and n8n does not write what a webhook changes in static data by itself.
import { openScene, storedEvents, type Scene } from './keygen-trigger-scene.mts';

jest.setTimeout(300_000);

describe.each(['v2', 'v1'] as const)(
	'an event that Keygen delivers again, in n8n %s',
	(version) => {
		let scene: Scene;
		let workflowId: string;
		beforeAll(async () => (scene = await openScene({ version })), 300_000);
		afterAll(async () => await scene?.close(), 60_000);
		beforeEach(async () => (workflowId = await scene.publish()), 60_000);
		afterEach(async () => await scene.reset(), 120_000);

		const tokens = () =>
			storedEvents(scene.n8n.userFolder, workflowId).map(
				({ idempotencyToken }) => idempotencyToken,
			);
		const untilStored = async (token: string) =>
			await scene.until('an execution', () => tokens().includes(token));
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
		/** Waits until n8n has stored all that came before. */
		const untilNothingIsOnItsWay = async () => {
			const last = happening();
			await scene.keygen.webhooksIdle();
			await untilStored(last);
		};

		it('does not run again, neither at once nor after restarts', async () => {
			const events: string[] = [];
			for (let count = 0; count < 5; count += 1) {
				events.push(happening());
				await scene.keygen.webhooksIdle();
			}
			for (const token of events) await untilStored(token);
			for (const token of events) await retry(token);
			await scene.stop();
			await scene.restart();
			for (const token of events) await retry(token);
			await scene.kill();
			await scene.restart();
			for (const token of events) await retry(token);
			await untilNothingIsOnItsWay();
			expect(events.map(timesRun)).toEqual([1, 1, 1, 1, 1]);
			for (const token of events)
				expect(deliveries(token).map(({ facts }) => facts.status)).toEqual(
					Array(4).fill('DELIVERED'),
				);
		});

		it.each(['answer', 'connection'] as const)(
			'does not run again where the %s is lost on the way',
			async (lost) => {
				scene.proxy.losing = lost;
				const token = happening();
				await untilStored(token);
				const stored = attempts();
				await scene.until('three more attempts', () => attempts() >= stored + 3);
				scene.proxy.losing = undefined;
				await scene.keygen.webhooksIdle();
				await untilNothingIsOnItsWay();
				expect(timesRun(token)).toBe(1);
				expect(deliveries(token).map(({ facts }) => facts.status)).toEqual(['DELIVERED']);
			},
		);
	},
);
