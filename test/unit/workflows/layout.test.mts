// The form of n8n's template library: a yellow note that tells what a workflow does, white notes behind
// its parts, and nothing that covers something else.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';

import { workflowTemplate } from '../../../sandbox/n8n/templates/workflow-template.mts';

const FOLDER = path.resolve(import.meta.dirname, '../../../workflows/keeper-events');
const NAMES = [
	'audit-events-to-siem',
	...readdirSync(FOLDER).map((file) => `keeper-events/${path.basename(file, '.json')}`),
];
const NOTE = 'n8n-nodes-base.stickyNote';
const [YELLOW, WHITE] = [1, 7];
/** A node with the name below it, in the editor's pixels. */
const NODE = { width: 96, height: 140 };

interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

const apart = (one: Box, other: Box) =>
	one.right <= other.left ||
	other.right <= one.left ||
	one.bottom <= other.top ||
	other.bottom <= one.top;
const within = (inner: Box, outer: Box) =>
	inner.left >= outer.left &&
	inner.right <= outer.right &&
	inner.top >= outer.top &&
	inner.bottom <= outer.bottom;

describe.each(NAMES)('the template %s', (name) => {
	const template = workflowTemplate(name);
	const nodes: INode[] = template.nodes;
	const { connections } = template;
	const boxes = (isNote: boolean): Box[] =>
		nodes
			.filter(({ type }) => (type === NOTE) === isNote)
			.map(({ name: node, position: [left, top], parameters }) => {
				const size = isNote ? (parameters as { width: number; height: number }) : NODE;
				return { name: node, left, top, right: left + size.width, bottom: top + size.height };
			});
	const notes = nodes.filter(({ type }) => type === NOTE);

	it('has one yellow note with how it works and how to set it up', () => {
		const yellow = notes.filter(({ parameters }) => parameters.color === YELLOW);
		expect(yellow).toHaveLength(1);
		expect(yellow[0].parameters.content).toMatch(/^# .*### How it works\n.*### Setup\n1\. /s);
		expect(
			notes.every(({ parameters }) => [YELLOW, WHITE].includes(Number(parameters.color))),
		).toBe(true);
	});

	it('covers nothing with anything else', () => {
		const clashes = (list: Box[]) =>
			list.flatMap((one, at) =>
				list
					.slice(at + 1)
					.filter((other) => !apart(one, other))
					.map((other) => `${one.name} and ${other.name}`),
			);
		expect([...clashes(boxes(true)), ...clashes(boxes(false))]).toEqual([]);
		const loose = boxes(false).filter((node) => !boxes(true).some((note) => within(node, note)));
		expect(loose.map(({ name: node }) => node)).toEqual([]);
	});

	it('names no node that is not there, neither in connections nor in expressions', () => {
		const names = nodes.map(({ name: node }) => node);
		const text = JSON.stringify([nodes, connections]);
		const named = [...text.matchAll(/\$\('([^']+)'\)|"node":"([^"]+)"/g)].map(
			([, inText, linked]) => inText ?? linked,
		);
		expect([...Object.keys(connections), ...named].filter((node) => !names.includes(node))).toEqual(
			[],
		);
	});
});
