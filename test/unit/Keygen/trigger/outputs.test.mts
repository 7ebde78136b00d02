import { NodeHelpers, Workflow, type INode, type INodeParameters } from 'n8n-workflow';

import { KeygenTrigger } from '../../../../nodes/Keygen/KeygenTrigger.node';
import { byOutput } from '../../../../nodes/Keygen/trigger/outputs';

const type = new KeygenTrigger();

/** The outputs that n8n draws, by its own evaluation of expressions. */
function drawn(parameters: INodeParameters): unknown {
	const node: INode = {
		id: 'node-1',
		name: 'Keygen Trigger',
		type: 'keygenTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => type,
			getKnownTypes: () => ({}),
		},
	});
	return NodeHelpers.getNodeOutputs(workflow, node, type.description);
}
const named = (...names: string[]) => names.map((displayName) => ({ type: 'main', displayName }));
const item = (event: string) => ({ json: { event } });
const went = (parameters: INodeParameters, ...events: string[]) =>
	byOutput(events.map(item), parameters).map((items) => items.map(({ json }) => json.event));

const CHOSEN = ['license.created', 'license.expired', 'machine.created'];

describe('the outputs', () => {
	it('are one, also in a workflow that is older than the choice', () => {
		for (const outputs of ['one', undefined]) {
			expect(drawn({ outputs, events: CHOSEN })).toEqual(['main']);
			expect(went({ outputs, events: CHOSEN }, ...CHOSEN)).toEqual([CHOSEN]);
		}
	});

	it('are one per event, chosen or typed', () => {
		const parameters = { outputs: 'event', events: CHOSEN, otherEvents: 'process.updated' };
		expect(drawn(parameters)).toEqual(named(...CHOSEN, 'process.updated'));
		expect(went(parameters, 'machine.created')).toEqual([[], [], ['machine.created'], []]);
		expect(went(parameters, 'process.updated')).toEqual([[], [], [], ['process.updated']]);
	});

	it('are one per kind of record', () => {
		const parameters = { outputs: 'record', events: CHOSEN };
		expect(drawn(parameters)).toEqual(named('license', 'machine'));
		expect(went(parameters, 'license.expired')).toEqual([['license.expired'], []]);
	});

	it('are one per kind of record for all events, and one for kinds that are newer', () => {
		const parameters = { outputs: 'record', events: ['*'] };
		const names = (drawn(parameters) as Array<{ displayName: string }>).map(
			({ displayName }) => displayName,
		);
		expect(names).toHaveLength(18);
		const at = (event: string) => went(parameters, event).findIndex((items) => items.length > 0);
		expect(names[at('second-factor.created')]).toBe('second-factor');
		expect(names[at('invoice.paid')]).toBe('other');
	});
});
