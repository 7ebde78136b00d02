import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowSource } from '../api/rest.mts';

const folder = path.resolve(import.meta.dirname, '..', '..', '..', 'workflows');

/** A credential as n8n stores it, by its type. */
export type StoredCredentials = Record<string, { id: string; name: string }>;

export type WorkflowTemplate = WorkflowSource & { id: string; name: string; nodes: INode[] };

interface Assignments {
	assignments: { assignments: Array<{ name: string; value: string | number }> };
}

/** The type of credential that nodes of a template ask for. */
const CREDENTIAL_OF: Record<string, string> = {
	'n8n-nodes-base.emailSend': 'smtp',
	'n8n-nodes-base.formTrigger': 'httpBasicAuth',
	'n8n-nodes-base.httpRequest': 'httpHeaderAuth',
	'n8n-nodes-base.postgres': 'postgres',
	'n8n-nodes-base.webhook': 'httpHeaderAuth',
	'n8n-nodes-keeper-security.keeperAdminEvents': 'keeperAdminApi',
	'n8n-nodes-keeper-security.keeperAdminEventsTrigger': 'keeperAdminApi',
	'n8n-nodes-keeper-security.keeperCommander': 'keeperCommanderApi',
	'n8n-nodes-keeper-security.keeperPartner': 'keeperPartnerApi',
	'n8n-nodes-keygen.keygen': 'keygenApi',
	'n8n-nodes-keygen.keygenAdmin': 'keygenApi',
	'n8n-nodes-keygen.keygenDistribution': 'keygenApi',
	'n8n-nodes-keygen.keygenTrigger': 'keygenApi',
};

/**
 * A template as a user has it after filling in 'Settings' and choosing credentials.
 *
 * @param name of the file in `workflows/`, without `.json`
 * @param settings fields of the node 'Settings' to change, by name
 * @param credentials for every node that can have one of their types
 * @throws {Error} when the template has no such setting
 */
export function workflowTemplate(
	name: string,
	settings: Record<string, string | number> = {},
	credentials: StoredCredentials = {},
): WorkflowTemplate {
	const file = path.join(folder, `${name}.json`);
	const template = JSON.parse(readFileSync(file, 'utf8')) as WorkflowTemplate;
	for (const [setting, value] of Object.entries(settings)) {
		const { parameters } = nodeOf(template, 'Settings');
		const fields = (parameters as unknown as Assignments).assignments.assignments;
		const field = fields.find((candidate) => candidate.name === setting);
		if (!field) throw new Error(`The template ${name} has no setting named ${setting}.`);
		field.value = value;
	}
	for (const node of template.nodes) {
		const { genericAuthType } = node.parameters;
		const type = typeof genericAuthType === 'string' ? genericAuthType : CREDENTIAL_OF[node.type];
		if (type !== undefined && credentials[type]) node.credentials = { [type]: credentials[type] };
	}
	return template;
}

/** The same as a workflow of its own, under an id that n8n chooses. */
export function copyOf({
	id: _,
	...template
}: WorkflowTemplate): WorkflowSource & { nodes: INode[] } {
	return template;
}

/** @throws {Error} when the template has no such node */
export function nodeOf({ nodes }: { nodes: INode[] }, name: string): INode {
	const found = nodes.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`The template has no node named ${name}.`);
	return found;
}
