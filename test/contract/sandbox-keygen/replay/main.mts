// Replays recorded scenarios against the sandbox and prints where its answers differ:
// `node scripts/node24.mjs test/contract/sandbox-keygen/replay/main.mts [--quiet] [--note] [NAME...]`.
//
// NAME is a part of a scenario's name, or `scenario/step`. `--note` writes the steps that differ to
// not-yet.json, for all scenarios at once.
import { writeFileSync } from 'node:fs';

import { notYetFile } from './lists.mts';
import type { Steps } from './lists.mts';
import { mayDiffer } from './may-differ.mts';
import { replay } from './replay.mts';
import { readScenario, scenarioNames } from './scenario.mts';
import { startReceiver, startService } from './service.mts';

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith('--'));
const wanted = args.filter((arg) => !arg.startsWith('--'));
const excused = (scenario: string, step: string) =>
	mayDiffer.some(({ steps }) => steps[scenario]?.includes(step));

const receiver = await startReceiver();
const total = { steps: 0, agree: 0, excused: 0 };
const notYet: Steps = {};
for (const name of scenarioNames()) {
	const parts = wanted.map((text) => text.split('/'));
	const mine = parts.filter(([scenario]) => name.includes(scenario));
	if (wanted.length > 0 && mine.length === 0) continue;
	const service = await startService(receiver);
	const outcomes = await replay(service, readScenario(name));
	await service.close();
	let agree = 0;
	for (const { step, differences } of outcomes) {
		total.steps++;
		if (differences.length === 0) agree++;
		else if (excused(name, step.name)) total.excused++;
		else {
			(notYet[name] ??= []).push(step.name);
			const shown = mine.length === 0 || mine.some(([, only]) => !only || only === step.name);
			if (!options.includes('--quiet') && shown) {
				const { method, path } = step.request;
				console.log(`${name}/${step.name} ${step.as ?? ''} ${method} ${path}`);
				for (const difference of differences) console.log(`    ${difference}`);
			}
		}
	}
	total.agree += agree;
	console.log(`# ${name}: ${agree} of ${outcomes.length} steps agree`);
}
await receiver.close();
if (options.includes('--note')) writeFileSync(notYetFile, listed(notYet));
console.log(`${total.agree} of ${total.steps} steps agree, ${total.excused} may differ`);

/** A step a line, so that merges are easy. */
function listed(steps: Steps): string {
	return `${JSON.stringify(steps, null, '\t')}\n`;
}
