import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowSource } from './rest.mts';

const folder = path.resolve(import.meta.dirname, '../../workflows');

interface Assignments {
	assignments: { assignments: Array<{ name: string; value: string | number }> };
}

/** A credential as n8n stores it, by its type. */
export type StoredCredentials = Record<string, { id: string; name: string }>;

/**
 * A license template as a user has it after filling in 'Settings' and choosing credentials.
 *
 * @param file in `workflows/`
 * @param settings fields of the node 'Settings' to change, by name
 * @param credentials for every node that can have one of their types
 * @throws {Error} when the template has no such setting
 */
export function licenseWorkflow(
	file: string,
	settings: Record<string, string | number>,
	credentials: StoredCredentials,
): WorkflowSource & { nodes: INode[] } {
	const { id: _, ...template } = JSON.parse(
		readFileSync(path.join(folder, file), 'utf8'),
	) as WorkflowSource & { id: string; nodes: INode[] };
	const parameters = template.nodes.find(({ name }) => name === 'Settings')?.parameters;
	const fields = (parameters as unknown as Assignments).assignments.assignments;
	for (const [name, value] of Object.entries(settings)) {
		const field = fields.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`${file} has no setting named ${name}.`);
		field.value = value;
	}
	for (const node of template.nodes) {
		const type = CREDENTIAL_OF[node.type];
		if (type !== undefined && credentials[type]) node.credentials = { [type]: credentials[type] };
	}
	return template;
}

const CREDENTIAL_OF: Record<string, string> = {
	'n8n-nodes-keeper-keygen.keygen': 'keygenApi',
	'n8n-nodes-keeper-keygen.keygenTrigger': 'keygenApi',
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
};
