import { setTimeout as delay } from 'node:timers/promises';

import { Blocked, Captures } from './captures.mts';
import { differences } from './differences.mts';
import { at } from './json.mts';
import type { Json } from './json.mts';
import { bodyOf, Normal } from './normal.mts';
import type { Scenario, Step } from './scenario.mts';
import { send } from './sending.mts';
import type { Received } from './sending.mts';
import type { Service } from './service.mts';

export interface Outcome {
	step: Step;
	/** Where the answer differs from the recorded one; empty when they agree. */
	differences: string[];
}

const PATIENCE = 2_000;

/** Runs the steps of a scenario in order and compares each answer with the recorded one. */
export async function replay(service: Service, scenario: Scenario): Promise<Outcome[]> {
	const captures = new Captures(service);
	const normal = new Normal(captures, service, scenario);
	const outcomes: Outcome[] = [];
	for (const step of scenario.steps) {
		captures.answers.delete(step.name);
		outcomes.push({ step, differences: await run(step) });
	}
	return outcomes;

	async function run(step: Step): Promise<string[]> {
		try {
			const received = await ask(service, captures, step);
			captures.answers.set(step.name, bodyOf(received));
			return differences(step.answer, normal.answer(step.name, received));
		} catch (error) {
			const what = error instanceof Blocked ? 'not sent' : 'failed';
			return [`${what}: ${error instanceof Error ? error.message : String(error)}`];
		}
	}
}

/** Asks once, or until the answer is what the step waits for. */
async function ask(service: Service, captures: Captures, step: Step): Promise<Received> {
	const end = Date.now() + PATIENCE;
	for (;;) {
		const received = await send(service, captures, step);
		if (isAwaited(step, received) || Date.now() > end) return received;
		await delay(50);
	}
}

function isAwaited({ until = {} }: Step, received: Received): boolean {
	const shown = { status: received.status, body: bodyOf(received) ?? null };
	return Object.entries(until).every(([path, wanted]) => {
		const value = at(shown, path) as Json;
		return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
	});
}
