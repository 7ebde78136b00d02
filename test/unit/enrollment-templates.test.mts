// The form of the templates around Keeper Partner, as n8n's library wants it.
import type { INode } from 'n8n-workflow';
import {
	workflowTemplate,
	type WorkflowTemplate,
} from '../../sandbox/n8n/templates/workflow-template.mts';

const NOTE = 'n8n-nodes-base.stickyNote';
const WHITE = 7;

const templates = [
	'nightly-student-enrollment',
	'students-from/postgresql',
	'students-from/http-api',
	'students-from/upload',
	'license-renewals',
	'family-plan-benefit',
];

interface Note {
	content: string;
	color?: number;
	width: number;
	height: number;
}

const nodesOf = ({ nodes }: WorkflowTemplate): INode[] => nodes as INode[];
const notesOf = (template: WorkflowTemplate) =>
	nodesOf(template).filter(({ type }) => type === NOTE);
const stepsOf = (template: WorkflowTemplate) =>
	nodesOf(template).filter(({ type }) => type !== NOTE);
const noteOf = ({ parameters }: INode) => parameters as unknown as Note;

describe.each(templates)('%s', (name) => {
	const template = workflowTemplate(name);

	it('begins with a yellow note on how it works and how to set it up; the others are white', () => {
		const [overview, ...sections] = notesOf(template).map(noteOf);
		expect(overview.color).toBeUndefined();
		expect(overview.content).toMatch(/### How it works\n[^]*### Setup\n/);
		expect(sections.length).toBeGreaterThan(0);
		for (const { color } of sections) expect(color).toBe(WHITE);
	});

	it('has room around each step and its label, and no step on the overview', () => {
		const steps = stepsOf(template);
		for (const [index, one] of steps.entries()) {
			for (const other of steps.slice(index + 1)) {
				const [x, y] = [0, 1].map((axis) => Math.abs(one.position[axis] - other.position[axis]));
				expect({ one: one.name, other: other.name, room: x >= 192 || y >= 144 }).toMatchObject({
					room: true,
				});
			}
		}
		const [overview] = notesOf(template);
		const bottom = overview.position[1] + noteOf(overview).height;
		const right = overview.position[0] + noteOf(overview).width;
		const covered = steps.filter(({ position: [x, y] }) => x < right && y < bottom);
		expect(covered.map((step) => step.name)).toEqual([]);
	});

	it('has sections that do not lie on one another', () => {
		const boxes = notesOf(template).map((note) => ({ note, ...noteOf(note) }));
		for (const [index, one] of boxes.entries()) {
			for (const other of boxes.slice(index + 1)) {
				const apart = [[0, 'width'] as const, [1, 'height'] as const].some(
					([axis, size]) =>
						one.note.position[axis] + one[size] <= other.note.position[axis] ||
						other.note.position[axis] + other[size] <= one.note.position[axis],
				);
				expect({ one: one.note.name, other: other.note.name, apart }).toMatchObject({
					apart: true,
				});
			}
		}
	});

	it('holds no credential and no data', () => {
		expect(template.nodes.filter(({ credentials }) => credentials)).toEqual([]);
		expect(template.pinData).toEqual({});
	});

	it("begins the sentence after 'Hello' with a capital", () => {
		const texts = JSON.stringify(template).matchAll(/Hello [^,]*,((?:\\n|\\t|<[^>]*>|\s)*)(\S)/g);
		for (const [, , first] of texts) expect(first).toBe(first.toUpperCase());
	});
});
