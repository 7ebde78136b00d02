import { Workflow, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { KeeperCommander } from '../../../nodes/KeeperCommander/KeeperCommander.node';
import { fieldsOf } from '../../../nodes/KeeperCommander/command-line/template';
import { fieldNamed } from '../../../nodes/KeeperCommander/table/fields/fields';
import { LISTS } from '../../../nodes/KeeperCommander/table/lists';
import { linesOf, rowFields } from '../../../nodes/KeeperCommander/table/row';
import { allRows } from '../../../nodes/KeeperCommander/table/table';

const { description, methods } = new KeeperCommander();

/** Properties and what is in collections, with where they stand. */
function all(properties: INodeProperties[], above = ''): Array<[string, INodeProperties]> {
	return properties.flatMap((property) => {
		const { operation = [], resource = [] } = property.displayOptions?.show ?? {};
		const name = `${above}${[...resource, ...operation].join('.')} ${property.name}`.trim();
		const inside =
			property.type === 'collection' ? all(property.options as INodeProperties[], `${name} >`) : [];
		return [[name, property] as [string, INodeProperties], ...inside];
	});
}

const ALL = all(description.properties);

test('every operation, field and choice has a description of one sentence', () => {
	const texts = ALL.flatMap(([name, property]) => {
		if (['resource', 'operation'].includes(property.name) || property.type === 'notice') return [];
		const own: Array<[string, string | undefined]> =
			property.type === 'collection' ? [] : [[name, property.description]];
		return own;
	});
	const choices = ALL.flatMap(([name, { type, options = [], name: own }]) =>
		['options', 'multiOptions'].includes(type) && own !== 'resource'
			? (options as INodePropertyOptions[]).map((choice): [string, string | undefined] => [
					`${name} = ${choice.value}`,
					choice.description,
				])
			: [],
	);
	const without = [...texts, ...choices].filter(
		([, text]) => !text || (/\.$/.test(text) && !/\. /.test(text)),
	);
	expect(without).toEqual([]);
});

test('every operation has an action that names its resource', () => {
	for (const { resourceName, row } of allRows()) {
		const words = resourceName === 'apiToken' ? /API tokens?/ : new RegExp(resourceName, 'i');
		expect(row.action).toMatch(words);
	}
});

test('every field of a line is a field that is shown, and no other is', () => {
	for (const { row, resourceName, operation } of allRows()) {
		const shown = ALL.filter(([, { displayOptions }]) => {
			const { resource, operation: operations } = displayOptions?.show ?? {};
			return resource?.includes(resourceName) && (!operations || operations.includes(operation));
		}).flatMap(([, property]) =>
			property.name === 'additionalFields'
				? (property.options as INodeProperties[]).map(({ name }) => name)
				: [property.name],
		);
		const { required, optional } = rowFields(row);
		const beside = ['operation', 'returnAll', 'limit', 'additionalFields', `${operation}Notice`];
		expect(shown.filter((name) => !beside.includes(name)).sort()).toEqual(
			[...required, ...optional].sort(),
		);
	}
});

test('every placeholder of every line is a field', () => {
	const lines = [
		...allRows().flatMap(({ row }) => linesOf(row)),
		...Object.values(LISTS).map(({ line }) => line),
	];
	for (const line of lines) {
		const { required, optional } = fieldsOf(line);
		for (const name of [...required, ...optional])
			expect([line, name, fieldNamed[name]]).not.toContain(undefined);
	}
});

test('every list that the panel offers can be searched', () => {
	const searched = ALL.flatMap(([, { modes = [] }]) =>
		modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
	);
	expect([...new Set(searched)].sort()).toEqual(['nodes', 'roles', 'teams', 'tokens']);
	for (const name of searched) expect(Object.keys(methods.listSearch)).toContain(name);
});

test('a command that asks gets its answer beforehand', () => {
	const asks = /--delete|transfer-user|revoke|--add-role|--remove-role/;
	const silent = /enterprise-(role|node) --delete/;
	for (const { row } of allRows())
		for (const line of linesOf(row))
			if (asks.test(line) && !silent.test(line)) expect(line).toMatch(/ -f /);
});

test('the node can be a tool', () => {
	expect(description.usableAsTool).toBe(true);
});

test.each(allRows())('the canvas says what $resourceName.$operation does', (place) => {
	const parameters = { resource: place.resourceName, operation: place.operation };
	const node = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	};
	const type = new KeeperCommander();
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const subtitle = workflow.expression.getSimpleParameterValue(
		node,
		description.subtitle,
		'internal',
		{ $parameter: parameters } as never,
	);
	expect(subtitle).toBe(place.row.action.replace(/^./, (letter) => letter.toLowerCase()));
});
