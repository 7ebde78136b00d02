import { Script } from 'node:vm';

import { provision, sandboxForTests, student } from './provision.mts';

const sandbox = sandboxForTests();

/** Jest hands out a copy of `process`, which hears no warnings. */
const realProcess = new Script('process').runInThisContext() as NodeJS.Process;

it('works on 100 people at a time without a warning in the log', async () => {
	const warnings: string[] = [];
	const note = ({ message }: Error) => void warnings.push(message);
	realProcess.on('warning', note);
	await provision({
		baseUrl: sandbox.get().url,
		people: Array.from({ length: 300 }, (_, number) => student(number)),
		parameters: { options: { concurrency: 100 } },
	});
	realProcess.off('warning', note);
	expect(warnings).toEqual([]);
	expect(sandbox.get().requests()).toHaveLength(300);
});
