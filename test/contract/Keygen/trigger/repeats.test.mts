import { REMEMBERED_EVENTS } from '../../../../nodes/Keygen/trigger/memory/seen-events';
import { openScene, type Scene } from './scene.mts';

let scene: Scene;
let workflows = 0;
beforeEach(async () => {
	// A name of its own, for what a process remembers of a workflow.
	scene = await openScene({ workflowId: `repeats-${++workflows}` });
	await scene.workflow.activate();
});
afterEach(async () => await scene?.close());

/** Presses "retry" for the first event. */
async function retry(): Promise<void> {
	const [event] = scene.keygen.world.store.all('webhook-events');
	await fetch(`${scene.keygen.baseUrl}/webhook-events/${event.id}/actions/retry`, {
		method: 'POST',
		headers: { authorization: `Bearer ${scene.keygen.adminToken}` },
	});
	await scene.keygen.webhooksIdle();
}

/** Another process of n8n, which has what is stored and no more. */
async function inAnotherProcess(run: () => Promise<void>): Promise<void> {
	const stored = JSON.parse(JSON.stringify(scene.workflow.stored));
	await jest.isolateModulesAsync(async () => {
		const { PublishedWorkflow } = await import('./published.mts');
		const here = scene.workflow;
		const there = Object.assign(Object.create(PublishedWorkflow.prototype), here, { stored });
		scene.workflow = there;
		await run();
		here.stored = there.stored;
		scene.workflow = here;
	});
}

describe('an event that is delivered again', () => {
	it('is acknowledged and does not run', async () => {
		await scene.emit('license.created');
		await retry();
		expect(scene.statuses()).toEqual(['DELIVERED', 'DELIVERED']);
		expect(scene.answers.map(({ body, items }) => [body, items?.length])).toEqual([
			[undefined, 1],
			[{ message: 'Received before' }, undefined],
		]);
	});

	it('does not run after a restart', async () => {
		await scene.emit('license.created');
		await inAnotherProcess(retry);
		expect(scene.answers.map(({ items }) => items?.length)).toEqual([1, undefined]);
	});

	it('does not run after the workflow was unpublished and published again', async () => {
		await scene.emit('license.created');
		const [event] = scene.keygen.world.store.all('webhook-events');
		await scene.workflow.deactivate();
		await scene.workflow.activate();
		event.links.endpoint = String(scene.endpoints()[0].id);
		await inAnotherProcess(retry);
		expect(scene.answers.map(({ items }) => items?.length)).toEqual([1, undefined]);
	});

	it('does not run after the node was renamed, in a process that knows only what is stored', async () => {
		await scene.emit('license.created');
		await inAnotherProcess(async () => {
			await scene.workflow.deactivate();
			scene.workflow = scene.workflow.changed({ name: 'Events of Keygen' });
			await scene.workflow.activate();
			await retry();
			expect(scene.workflow.executions).toEqual([]);
			expect(scene.statuses()).toEqual(['DELIVERED', 'DELIVERED']);
		});
	});

	it('runs again where that is chosen, and nothing is remembered', async () => {
		scene.workflow = scene.workflow.changed({
			parameters: { events: ['*'], options: { runRepeats: true } },
		});
		await scene.emit('license.created');
		await retry();
		expect(scene.workflow.executions).toHaveLength(2);
		expect(scene.workflow.stored).toMatchObject({ 'node:Keygen Trigger': { seen: '' } });
	});

	it('runs where n8n could not store its execution before', async () => {
		scene.workflow.beforeStoring = async () => {
			scene.workflow.beforeStoring = async () => {};
			throw new Error('the database is locked');
		};
		await scene.emit('license.created');
		expect(scene.answers.map(({ status, items }) => [status, items?.length])).toEqual([
			[500, undefined],
			[200, 1],
		]);
		expect(scene.statuses()).toEqual(['DELIVERED']);
	});

	it('runs where n8n was killed after it had stored the execution and before what it remembers: the one repeat', async () => {
		const killed = new Promise<void>((resolve) => {
			scene.workflow.beforeRemembering = async () => {
				resolve();
				await new Promise(() => {});
			};
		});
		scene.keygen.emit({ event: 'license.created' });
		await killed;
		scene.workflow.beforeRemembering = async () => {};
		await inAnotherProcess(retry);
		expect(scene.workflow.executions).toHaveLength(2);
	});

	it('is put off while the first delivery is still being stored', async () => {
		let store = () => {};
		const storing = new Promise<void>((begun) => {
			scene.workflow.beforeStoring = async () => {
				begun();
				await new Promise<void>((resolve) => (store = resolve));
			};
		});
		scene.keygen.emit({ event: 'license.created' });
		await storing;
		scene.workflow.beforeStoring = async () => {};
		const [event] = scene.keygen.world.store.all('webhook-events');
		await fetch(`${scene.keygen.baseUrl}/webhook-events/${event.id}/actions/retry`, {
			method: 'POST',
			headers: { authorization: `Bearer ${scene.keygen.adminToken}` },
		});
		while (scene.answers.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		expect(scene.answers[0]).toMatchObject({ status: 503 });
		store();
		await scene.keygen.webhooksIdle();
		expect(scene.workflow.executions).toHaveLength(1);
		expect(scene.statuses()).toEqual(['DELIVERED', 'DELIVERED']);
	});
});

describe('an event that n8n has stored and whose answer is not known to have arrived', () => {
	/** n8n dies with an event stored, remembered and not answered. */
	async function killedBeforeAnswering(): Promise<void> {
		const killed = new Promise<void>((resolve) => {
			scene.workflow.beforeAnswering = async () => {
				resolve();
				await new Promise(() => {});
			};
		});
		scene.keygen.emit({ event: 'license.created' });
		await killed;
		scene.workflow.beforeAnswering = async () => {};
	}
	const asked = () =>
		scene.keygen.requests.entries.filter(
			({ method, url }) => method === 'GET' && /webhook-events\/[^/]+$/.test(url),
		);

	it('runs again where Keygen did not get the answer: n8n gives up what it was killed with', async () => {
		await killedBeforeAnswering();
		await inAnotherProcess(retry);
		expect(scene.workflow.executions).toHaveLength(2);
		expect(asked()).toHaveLength(1);
	});

	it('does not run again where Keygen did', async () => {
		await scene.emit('license.created');
		expect(scene.workflow.stored).toMatchObject({
			'node:Keygen Trigger': { seen: '', pending: expect.anything() },
		});
		await inAnotherProcess(async () => {
			await retry();
			await retry();
		});
		expect(scene.workflow.executions).toHaveLength(1);
		// What Keygen said is remembered.
		expect(asked()).toHaveLength(1);
	});

	it.each([
		['fails', '502'],
		['breaks off the connection', 'reset-before'],
		['does not answer', 'hang'],
	] as const)('runs again where Keygen, asked for it, %s', async (_, kind) => {
		await scene.emit('license.created');
		scene.keygen.fault({ kind, method: 'GET', path: '/webhook-events' });
		await inAnotherProcess(retry);
		expect(scene.workflow.executions).toHaveLength(2);
		expect(scene.statuses()).toEqual(['DELIVERED', 'DELIVERED']);
	});
});

describe('the memory', () => {
	const memory = () =>
		scene.workflow.stored['node:Keygen Trigger'] as { seen: string; pending: object };
	/** How many events are remembered, answered ones and the last, whose answer comes later. */
	const remembered = () => memory().seen.length / 10 + Object.keys(memory().pending).length;
	const marks = (count: number) =>
		Array.from({ length: count }, (_, index) => `m${String(index).padStart(9, '0')}`);

	it('holds every event of many at once, though each request writes over what another wrote', async () => {
		// Ten requests have read the memory before the first of them writes it.
		let waiting: Array<() => void> = [];
		scene.workflow.beforeRemembering = async () =>
			await new Promise<void>((goOn) => {
				waiting.push(goOn);
				if (waiting.length < 10) return;
				for (const next of waiting) next();
				waiting = [];
			});
		await scene.emit('license.created', 200);
		expect(remembered()).toBe(200);
	});

	it('holds the newest 5000 and no more', async () => {
		const old = marks(REMEMBERED_EVENTS);
		scene.workflow.stored = {
			'node:Keygen Trigger': {
				...(scene.workflow.stored['node:Keygen Trigger'] as object),
				seen: old.join(''),
			},
		};
		await scene.emit('license.created');
		await scene.emit('license.created');
		expect(memory().seen).toHaveLength(REMEMBERED_EVENTS * 10);
		expect(memory().seen).not.toContain(old[0]);
		expect(memory().seen).toContain(old[1]);
		await inAnotherProcess(retry);
		expect(scene.workflow.executions).toHaveLength(2);
	});

	it('counts for nothing where it is damaged', async () => {
		for (const damaged of ['odd', 7, null, { a: 1 }, []]) {
			scene.workflow.stored = {
				'node:Keygen Trigger': {
					...(scene.workflow.stored['node:Keygen Trigger'] as object),
					seen: damaged,
				},
			};
			await scene.emit('license.created');
		}
		expect(scene.workflow.executions).toHaveLength(5);
	});

	it('gets back with a repeat what another process wrote over', async () => {
		await scene.emit('license.created');
		const before = JSON.parse(JSON.stringify(scene.workflow.stored));
		await scene.emit('license.created', 3);
		scene.workflow.stored = before;
		await retry();
		expect(remembered()).toBe(4);
		expect(scene.workflow.executions).toHaveLength(4);
	});

	it('is learned by another process however deep an event lies in it', async () => {
		const [first, ...others] = marks(200);
		const store = (seen: string[]) =>
			(scene.workflow.stored = {
				'node:Keygen Trigger': { ...memory(), seen: seen.join('') },
			});
		await scene.emit('license.created');
		store(others);
		await scene.emit('license.created');
		// Another process puts back what was written over, where it was.
		store([first, ...others]);
		await scene.emit('license.created');
		expect(memory().seen).toContain(first);
	});

	it('gets back in one process what another wrote over', async () => {
		await scene.emit('license.created');
		const before = JSON.parse(JSON.stringify(scene.workflow.stored));
		await scene.emit('license.created', 3);
		// Another processor of webhooks, or another node of the workflow, writes what it read before.
		scene.workflow.stored = before;
		await scene.emit('license.created');
		expect(remembered()).toBe(5);
	});
});
