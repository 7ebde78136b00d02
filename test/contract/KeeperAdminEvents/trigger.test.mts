import { inspect } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { getMany, records } from './get-many.mts';
import { Polling, type PollingOptions } from './polling.mts';
import {
	happened,
	inOrder,
	lasting,
	numbered,
	sandboxForTests,
	TOKEN,
	type Event,
} from './service.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const sandbox = sandboxForTests();
const polling = (options: Partial<PollingOptions> = {}) =>
	new Polling({ baseUrl: sandbox().url, ...options });

/** Lets events happen so long ago, visible at once unless said otherwise. */
function happen(numbers: number[], ago = 0, change: Event = {}): Event[] {
	return numbers.map((number) => {
		const event = numbered(number, Date.now() - ago, change);
		sandbox().service.append({ event, visibleAt: 0 });
		return event;
	});
}

describe('at first activation', () => {
	it('starts from now: nothing of the past, everything from then on', async () => {
		happen([1, 2, 3], HOUR / 2);
		happen([4, 5], 5 * HOUR);
		const trigger = polling();
		expect(await trigger.poll()).toBeNull();
		const next = happen([6, 7]);
		expect(inOrder(await trigger.events())).toEqual(inOrder(next));
		expect(await trigger.poll()).toBeNull();
	});

	it('starts with the last hours where that is chosen', async () => {
		happen([1], 7 * HOUR);
		const recent = happen([2, 3], 5 * HOUR);
		const trigger = polling({ parameters: { startWith: 'lookback', lookbackHours: 6 } });
		expect(inOrder(await trigger.events())).toEqual(inOrder(recent));
		expect(await trigger.poll()).toBeNull();
	});

	it('says why it cannot start', async () => {
		const trigger = polling({ credential: { apiToken: 'another' } });
		await expect(trigger.poll()).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'Keeper did not accept the API token (401)',
			description: expect.stringContaining('SIEM'),
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
		});
		expect(JSON.stringify(trigger.stored)).not.toContain('cursor');
	});
});

describe('what n8n does not keep', () => {
	it('is carried over by the process: the state of a first poll without events', async () => {
		happen([1], HOUR / 2);
		// As under durable poll cursors: each poll begins with what is stored, here nothing.
		const workflowId = 'nothing-stored';
		expect(await polling({ workflowId }).poll()).toBeNull();
		const next = happen([2, 3]);
		expect(inOrder(await polling({ workflowId }).events())).toEqual(inOrder(next));
	});

	it('comes again where n8n lost first events: they were not stored', async () => {
		const recent = happen([1, 2], HOUR);
		const parameters = { startWith: 'lookback', lookbackHours: 6 };
		const lost = polling({ parameters });
		expect(inOrder(await lost.events())).toEqual(inOrder(recent));
		// n8n ended after it had stored what belongs to the workflow, and before the events.
		const { 'node:Keeper Admin Events Trigger': _, ...staticData } = lost.stored;
		const again = polling({ parameters, staticData });
		expect(inOrder(await again.events())).toEqual(inOrder(recent));
	});

	it.each(['another process', 'this process'])(
		'is found under its ID where the node was renamed, in %s',
		async (where) => {
			const workflowId = `renamed in ${where}`;
			const before = polling({ workflowId });
			await before.poll();
			const seen = happen([1, 2]);
			expect(inOrder(await before.events())).toEqual(inOrder(seen));
			const { 'node:Keeper Admin Events Trigger': node, ...others } = before.stored;
			const staticData = { ...others, 'node:Its Old Name': node };
			const next = happen([3, 4]);
			const renamed = polling({
				workflowId: where === 'this process' ? workflowId : `${workflowId}, started again`,
				staticData: staticData as IDataObject,
			});
			expect(inOrder(await renamed.events())).toEqual(inOrder(next));
			expect(await renamed.poll()).toBeNull();
		},
	);

	it('is not taken from another node that had the name before', async () => {
		const before = polling();
		await before.poll();
		happen([1, 2]);
		const stored = before.stored as Record<string, IDataObject>;
		stored['node:Keeper Admin Events Trigger'].nodeId = 'of another node';
		delete stored.global;
		const trigger = polling({ staticData: stored });
		expect(await trigger.poll()).toBeNull();
		const next = happen([3]);
		expect(inOrder(await trigger.events())).toEqual(inOrder(next));
	});
});

it('gives late and unsorted events once each, through restarts', async () => {
	sandbox().service.pages.rules.order = 'random';
	let trigger = polling();
	await trigger.poll();
	const expected: Event[] = [];
	const emitted: Event[] = [];
	for (let round = 0; round < 8; round++) {
		// Each round some that show up minutes late, and a pair of twins.
		const ago = (round % 4) * 3 * MINUTE;
		const late = happen([round * 10, round * 10 + 1, round * 10 + 1], ago, { round });
		expected.push(...late);
		emitted.push(...(await trigger.events()));
		if (round % 3 === 2) trigger = polling({ staticData: trigger.stored, activation: 'init' });
	}
	emitted.push(...(await trigger.events()));
	// The trigger began a moment ago, and what was stamped before it happened before it.
	expect(inOrder(emitted)).toEqual(inOrder(expected));
});

describe('Options', () => {
	const startOfSecondPoll = async (options: INodeParameters) => {
		const trigger = polling({ parameters: { options } });
		await trigger.poll();
		sandbox().asked.length = 0;
		await trigger.poll();
		return Date.now() - sandbox().asked[0].start;
	};

	it.each([
		[undefined, 15],
		[40, 40],
		[2, 2],
	])(
		'Overlap Window %s: every poll reads the last %i minutes again',
		async (overlapMinutes, minutes) => {
			const reach = await startOfSecondPoll(overlapMinutes === undefined ? {} : { overlapMinutes });
			expect(reach).toBeGreaterThanOrEqual(minutes * MINUTE);
			expect(reach).toBeLessThan((minutes + 1) * MINUTE);
		},
	);

	it('Page Size is what is asked for', async () => {
		await startOfSecondPoll({ pageSize: 77 });
		expect(new Set(sandbox().asked.map(({ limit }) => limit))).toEqual(new Set([77]));
		await startOfSecondPoll({});
		expect(sandbox().asked[0].limit).toBe(1000);
	});

	it('Pages per Poll leaves the rest to the next polls', async () => {
		const all = Array.from(
			{ length: 60 },
			(_, number) => happen([number], 5 * HOUR - number * 4 * MINUTE)[0],
		);
		const trigger = polling({
			parameters: {
				startWith: 'lookback',
				lookbackHours: 6,
				options: { pageSize: 10, pagesPerPoll: 3 },
			},
		});
		const polls: Event[][] = [];
		for (let number = 0; number < 40 && polls.flat().length < 60; number++) {
			sandbox().asked.length = 0;
			polls.push(await trigger.events());
			expect(sandbox().asked.length).toBeLessThanOrEqual(4);
		}
		expect(polls.filter((events) => events.length > 0).length).toBeGreaterThan(1);
		expect(inOrder(polls.flat())).toEqual(inOrder(all));
	});
});

it.each([
	['Events', { events: ['login'] }],
	['Event Patterns', { eventPatterns: 'LOG*' }],
	['Categories', { categories: ['login'] }],
	['Users', { users: 'bob@*' }],
	['Addresses', { addresses: '192.0.2.0/24' }],
])('filters by %s', async (_, filters) => {
	const trigger = polling({ parameters: { filters } });
	await trigger.poll();
	happen([1, 2]);
	const [login] = happen([3], 0, {
		audit_event: 'login',
		category: 'login',
		username: 'bob@northfield.example',
		remote_address: '192.0.2.9',
	});
	expect(await trigger.events()).toEqual([login]);
	expect(await trigger.poll()).toBeNull();
});

describe('Output', () => {
	const poll = async (parameters: IDataObject) => {
		const trigger = polling({ parameters: parameters as PollingOptions['parameters'] });
		await trigger.poll();
		return { events: happen([1, 2, 3]), items: (await trigger.poll()) ?? [] };
	};

	it('is one item per event unless set', async () => {
		const { events, items } = await poll({});
		expect(items).toEqual(events.map((json) => ({ json })));
	});

	it('is one item per poll', async () => {
		const { events, items } = await poll({ output: 'poll' });
		expect(items).toEqual([{ json: { count: 3, events } }]);
	});

	it('is one file per poll', async () => {
		const { events, items } = await poll({
			output: 'file',
			binaryPropertyName: 'log',
			fileName: 'n.ndjson',
		});
		expect(items.map(({ json }) => json)).toEqual([
			{ count: 3, format: 'raw', fileName: 'n.ndjson' },
		]);
		const text = Buffer.from(items[0].binary?.log.data ?? '', 'base64').toString();
		expect(
			text
				.trim()
				.split('\n')
				.map((line) => JSON.parse(line) as unknown),
		).toEqual(events);
	});

	it.each(['ecs', 'ocsf'])(
		'in %s has the same documents, ids included, as Get Many',
		async (outputFormat) => {
			const trigger = polling({ parameters: { outputFormat } });
			await trigger.poll();
			const at = Date.now();
			const twins = [1, 2, 3].map(() => numbered(9, at));
			sandbox().service.append({ event: twins[0], visibleAt: 0 });
			const emitted = await trigger.events();
			// Two twins of it show up late, and get numbers of their own.
			for (const event of twins.slice(1)) sandbox().service.append({ event, visibleAt: 0 });
			emitted.push(...(await trigger.events()));
			const read = records(
				await getMany({
					baseUrl: sandbox().url,
					parameters: { timeRange: 'lastHour', outputFormat },
				}),
			);
			expect(emitted).toHaveLength(3);
			expect(new Set(inOrder(emitted)).size).toBe(3);
			expect(inOrder(emitted.map(lasting))).toEqual(inOrder(read.map(lasting)));
		},
	);
});

describe('a test in the editor', () => {
	const sample = async (options: Partial<PollingOptions> = {}) => {
		const trigger = polling({ mode: 'manual', ...options });
		return { trigger, events: await trigger.events() };
	};

	it('shows the latest ten of the last day and changes nothing', async () => {
		const all = Array.from(
			{ length: 30 },
			(_, number) => happen([number], (30 - number) * 40 * MINUTE)[0],
		);
		const { trigger, events } = await sample({ staticData: { 'node:x': { cursor: 1 } } });
		expect(events).toEqual(all.slice(-10));
		expect(trigger.stored).toEqual({ 'node:x': { cursor: 1 } });
	});

	it('shows what passes the filters, in the format and form that are set', async () => {
		happen([1, 2], HOUR);
		happen([3], 2 * HOUR, { audit_event: 'login' });
		const { events } = await sample({
			parameters: { filters: { events: ['login'] }, outputFormat: 'ecs', output: 'poll' },
		});
		expect(events).toMatchObject([{ count: 1, events: [{ event: { action: 'login' } }] }]);
	});

	it('says so where there is nothing', async () => {
		happen([1], 30 * HOUR);
		await expect(sample()).rejects.toThrow('Keeper has no matching events of the last 24 hours');
	});

	it('says what is wrong', async () => {
		await expect(sample({ credential: { region: 'MOON' } })).rejects.toThrow("'Region' is 'MOON'");
		await expect(sample({ credential: { apiToken: 'x' } })).rejects.toThrow(
			'did not accept the API token (401)',
		);
	});
});

describe('when a poll fails', () => {
	const started = async (options: Partial<PollingOptions> = {}) => {
		const trigger = polling({ parameters: { options: { pageSize: 2 } }, ...options });
		await trigger.poll();
		return { trigger, events: happen([1, 2, 3, 4, 5]) };
	};

	it('at the first page, it says so, changes nothing, and the next poll brings the events', async () => {
		const { trigger, events } = await started();
		const before = trigger.stored;
		sandbox().service.tokens.clear();
		await expect(trigger.poll()).rejects.toThrow('Keeper did not accept the API token (401)');
		expect(trigger.stored).toEqual(before);
		sandbox().service.tokens.add(TOKEN);
		expect(inOrder(await trigger.events())).toEqual(inOrder(events));
	});

	it('at a later page, it hands over what it has, warns, and the next poll brings the rest', async () => {
		const { trigger, events } = await started();
		sandbox().service.faults.add([{ kind: 'error-500', times: 4, on: 'later' }]);
		const first = await trigger.events();
		expect(first).toHaveLength(2);
		expect(trigger.log.join()).toContain('a poll ended early');
		expect(trigger.log.join()).toContain('Keeper cannot answer at the moment (500)');
		expect(inOrder([...first, ...(await trigger.events())])).toEqual(inOrder(events));
	}, 30_000);

	it('the words tell n8n when to poll again', async () => {
		const { trigger } = await started();
		sandbox().service.faults.add([{ kind: 'error-500', times: 4 }]);
		await expect(trigger.poll()).rejects.toMatchObject({
			failure: { cause: 'temporarily-unavailable' },
		});
	}, 30_000);

	it('right after n8n has started, the trigger stays alive, and later polls report it', async () => {
		const { trigger: before, events } = await started();
		const trigger = polling({ staticData: before.stored, activation: 'init' });
		sandbox().service.tokens.clear();
		expect(await trigger.poll()).toBeNull();
		expect(trigger.log.join()).toContain('Keeper did not accept the API token (401)');
		await expect(trigger.poll()).rejects.toThrow('Keeper did not accept the API token (401)');
		sandbox().service.tokens.add(TOKEN);
		expect(inOrder(await trigger.events())).toEqual(inOrder(events));
	});

	it('it ends within the time that n8n gives it', async () => {
		const { trigger: before, events } = await started();
		const trigger = polling({ staticData: before.stored, budgetMs: 1500 });
		sandbox().service.faults.add([{ kind: 'timeout' }]);
		const begin = Date.now();
		await expect(trigger.poll()).rejects.toThrow('within the time that n8n gives a poll');
		expect(Date.now() - begin).toBeLessThan(10_000);
		expect(inOrder(await trigger.events())).toEqual(inOrder(events));
	}, 30_000);

	it('the token is in no error, no log and no stored state', async () => {
		const { trigger } = await started();
		sandbox().service.faults.add([{ kind: 'error-500', times: 4, on: 'later' }]);
		await trigger.poll();
		sandbox().service.tokens.clear();
		const error: unknown = await trigger.poll().catch((thrown: unknown) => thrown);
		const traces =
			inspect(error, { depth: 20 }) + trigger.log.join() + JSON.stringify(trigger.stored);
		expect(traces).toContain('401');
		expect(traces).not.toContain(TOKEN);
	}, 30_000);
});

it('stops asking for pages before its time is up, and goes on with the next poll', async () => {
	const trigger = polling({ parameters: { options: { pageSize: 5 } }, budgetMs: 3000 });
	await trigger.poll();
	const events = happen(Array.from({ length: 40 }, (_, number) => number));
	sandbox().service.faults.add([{ kind: 'slow', delay: 600, rate: 1 }]);
	const first = await trigger.events();
	expect(first.length).toBeLessThan(40);
	// By itself, and not because it was cut off.
	expect(trigger.log).toEqual([]);
	sandbox().service.faults.clear();
	const rest: Event[] = [];
	for (let polls = 0; polls < 10; polls++) rest.push(...(await trigger.events()));
	expect(inOrder([...first, ...rest])).toEqual(inOrder(events));
}, 30_000);

it('does not poll while it polls', async () => {
	const trigger = polling();
	await trigger.poll();
	const events = happen([1, 2, 3]);
	sandbox().service.faults.add([{ kind: 'slow', delay: 500 }]);
	const results = await Promise.all([trigger.events(), trigger.events(), trigger.events()]);
	expect(results.map(({ length }) => length)).toEqual([3, 0, 0]);
	expect(inOrder(results.flat())).toEqual(inOrder(events));
	expect(happened(sandbox())).toHaveLength(3);
});

it('does not poll from a state older than the one it just handed over', async () => {
	const first = polling({ workflowId: 'durable' });
	await first.poll();
	const { stored } = first;
	// Two polls that n8n starts from the same stored state, one a little after the other.
	const [one, other] = [1, 2].map(() => polling({ workflowId: 'durable', staticData: stored }));
	const events = happen([1, 2]);
	expect(inOrder(await one.events())).toEqual(inOrder(events));
	expect(await other.poll()).toBeNull();
	const next = polling({ workflowId: 'durable', staticData: one.stored });
	expect(await next.poll()).toBeNull();
	const more = happen([3]);
	expect(await next.events()).toEqual(more);
});

it('recovers from a stored state that is none', async () => {
	const trigger = polling({
		staticData: { [`node:Keeper Admin Events Trigger`]: { cursor: 'nonsense' } },
	});
	expect(await trigger.poll()).toBeNull();
	const events = happen([1]);
	expect(await trigger.events()).toEqual(events);
});
