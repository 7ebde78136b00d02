import { Workflow, type INodeProperties, type INodeType } from 'n8n-workflow';

import { KeeperAdminEvents } from '../../../nodes/KeeperAdminEvents/KeeperAdminEvents.node';
import { KeeperPartner } from '../../../nodes/KeeperPartner/KeeperPartner.node';

/** What the canvas shows below a node's name. */
function subtitle(type: INodeType, parameters: Record<string, string>): unknown {
	const node = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, type.description.subtitle, 'internal', {
		$parameter: parameters,
	} as never);
}

const actions = [new KeeperPartner(), new KeeperAdminEvents()].flatMap((type) => {
	const isOperation = ({ name }: INodeProperties) => name === 'operation';
	const [{ options = [] }] = type.description.properties.filter(isOperation);
	return options.map((option) => [type.description.displayName, option, type] as const);
});

test.each(actions)("the canvas says what an operation of '%s' does", (_, option, type) => {
	if (!('value' in option) || !('action' in option))
		throw new Error('Every operation needs an action');
	expect(subtitle(type, { operation: String(option.value) })).toBe(
		String(option.action).replace(/^./, (letter) => letter.toLowerCase()),
	);
});
