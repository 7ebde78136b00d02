import type { INodeParameters } from 'n8n-workflow';

import { KeygenTrigger } from '../../../../nodes/Keygen/KeygenTrigger.node';
import { runNode } from '../../../../sandbox/n8n/engine.mts';

/** What leaves the trigger, by output, for items that its webhook took. */
async function outputs(parameters: INodeParameters, ...events: string[]): Promise<unknown[]> {
	const { outputs: found, error } = await runNode({
		type: new KeygenTrigger(),
		mode: 'webhook',
		parameters: { simplify: true, options: {}, ...parameters },
		items: events.map((event) => ({ json: { event } })),
		credentials: { keygenApi: {} },
	});
	expect(error).toBeUndefined();
	return found.map((items) => items.map(({ json }) => json.event));
}

describe("in n8n's execution engine, an event leaves the trigger", () => {
	const events = ['license.created', 'user.created', 'user.updated'];

	it('at the only output', async () => {
		expect(await outputs({ events, outputs: 'one' }, 'user.created')).toEqual([['user.created']]);
	});

	it('at the output of its own, also where its name was typed by an expression', async () => {
		const parameters = { events, otherEvents: '={{ "process." + "updated" }}', outputs: 'event' };
		expect(await outputs(parameters, 'user.updated')).toEqual([[], [], ['user.updated'], []]);
		expect(await outputs(parameters, 'process.updated')).toEqual([[], [], [], ['process.updated']]);
	});

	it('at the output of its kind of record', async () => {
		const parameters = { events, outputs: 'record' };
		expect(await outputs(parameters, 'user.created')).toEqual([[], ['user.created']]);
	});
});
