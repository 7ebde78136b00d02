import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowSource } from './rest.mts';

const repository = path.resolve(import.meta.dirname, '..', '..');
const textOf = (file: string) => readFileSync(path.join(repository, file), 'utf8');

interface Assignments {
	assignments: { assignments: Array<{ name: string; value: string }> };
}

/**
 * The workflow of the older package's actions as a user has it after filling in 'Settings'.
 *
 * @param settings fields of the node 'Settings' to change, by name
 * @throws {Error} when the workflow has no such setting
 */
export function legacyActionsWorkflow(
	settings: Record<string, string>,
): WorkflowSource & { nodes: INode[] } {
	const { id: _, ...workflow } = JSON.parse(
		textOf('workflows/keygen-legacy-actions.json'),
	) as WorkflowSource & { id: string; nodes: INode[] };
	const parameters = workflow.nodes.find(({ name }) => name === 'Settings')?.parameters;
	const fields = (parameters as unknown as Assignments).assignments.assignments;
	for (const [name, value] of Object.entries(settings)) {
		const field = fields.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`The workflow has no setting named ${name}.`);
		field.value = value;
	}
	return workflow;
}

/** From the reference: each action of the older package with the operations that stand for it, such as `License: Create`. */
export function legacyActions(): Array<{ action: string; operations: string[] }> {
	return textOf('docs/keygen/legacy-actions.md')
		.split('\n')
		.filter((line) => /^\| \d+ \|/.test(line))
		.map((line) => {
			const [, , action, operations] = line.split('|');
			return {
				action: action.replaceAll('`', '').trim(),
				operations: [...operations.matchAll(/\[([^\]]+)\]/g)].map(([, operation]) => operation),
			};
		});
}
