// The dashboard of docs/ asks for fields that the documents have, of types that its charts can count.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { Company } from '../../../sandbox/keeper-events/company.mts';
import { keeperStreamMapping } from '../../../sandbox/siem-sinks/keeper-stream.mts';
import { toEcs } from '../../../nodes/KeeperAdminEvents/formats/ecs/ecs';

interface SavedObject {
	type: string;
	id: string;
	attributes: Record<string, string>;
	references: Array<{ type: string; id: string; name: string }>;
}
interface Panel {
	panelIndex: string;
	title: string;
	embeddableConfig: {
		attributes: {
			state: {
				query: { query: string };
				datasourceStates: {
					formBased: { layers: Record<string, { columns: Record<string, Column> }> };
				};
			};
		};
	};
}
interface Column {
	operationType: string;
	sourceField: string;
}

const FILE = path.resolve(import.meta.dirname, '../../../docs/siem/elastic/dashboard.ndjson');
const objects = readFileSync(FILE, 'utf8')
	.trimEnd()
	.split('\n')
	.map((line) => JSON.parse(line) as SavedObject);
const [view, dashboard] = objects;
const panels = JSON.parse(dashboard.attributes.panelsJSON) as Panel[];
const stateOf = ({ embeddableConfig }: Panel) => embeddableConfig.attributes.state;
const columns = panels.flatMap((panel) =>
	Object.values(stateOf(panel).datasourceStates.formBased.layers).flatMap(({ columns: all }) =>
		Object.values(all),
	),
);
const mapping = keeperStreamMapping();
const documents = new Company({})
	.between(Date.UTC(2026, 4, 1), Date.UTC(2026, 4, 8), 3000)
	.map(({ event }) => toEcs(event));

/** The values of a field, whether it is nested or not. */
const valuesOf = (field: string) =>
	documents.flatMap((document) => {
		const value = field
			.split('.')
			.reduce<unknown>(
				(object, name) => (object as Record<string, unknown> | undefined)?.[name],
				document,
			);
		return value === undefined ? [] : [value];
	});

it('comes with the data view that every panel refers to', () => {
	expect(view.attributes.title).toBe('logs-keeper.ecs-*');
	expect(new Set(dashboard.references.map(({ id }) => id))).toEqual(new Set([view.id]));
	const layers = panels.flatMap((panel) =>
		Object.keys(stateOf(panel).datasourceStates.formBased.layers).map(
			(layer) => `${panel.panelIndex}:indexpattern-datasource-layer-${layer}`,
		),
	);
	expect(dashboard.references.map(({ name }) => name)).toEqual(layers);
});

it('counts by fields that are mapped to keywords, addresses and times, and that events fill', () => {
	const fields = new Set(columns.map(({ sourceField }) => sourceField));
	fields.delete('___records___');
	const types = [...fields].map((field) => [field, mapping.typeOf(field)]);
	expect(Object.fromEntries(types)).toEqual({
		'@timestamp': 'date',
		'event.action': 'keyword',
		'event.outcome': 'keyword',
		'source.ip': 'ip',
		'user.name': 'keyword',
		'user.target.name': 'keyword',
	});
	expect([...fields].filter((field) => valuesOf(field).length === 0)).toEqual([]);
});

it('searches for values that events have', () => {
	const queries = panels.map((panel) => stateOf(panel).query.query).join(' and ');
	const conditions = [...queries.matchAll(/([\w.]+) : "([^"]+)"/g)];
	expect(conditions.length).toBeGreaterThan(0);
	const unmet = conditions.filter(([, field, value]) => !valuesOf(field).flat().includes(value));
	expect(unmet).toEqual([]);
});
