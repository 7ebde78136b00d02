import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { INode } from 'n8n-workflow';
import type { WorkflowSource } from './rest.mts';

const TEMPLATE = path.resolve(
	import.meta.dirname,
	'../../workflows/nightly-student-enrolment.json',
);

/** The name that the template gives its data table. */
export const LEDGER_TABLE = 'Keeper student licenses';

interface Assignments {
	assignments: { assignments: Array<{ name: string; value: string | number }> };
}

export type EnrolmentWorkflow = WorkflowSource & { id: string; name: string; nodes: INode[] };

/** Ids of stored credentials, by credential type. */
export type CredentialIds = Record<'keeperPartnerApi' | 'smtp', string>;

/**
 * The template as a user has it after filling in 'Settings' and choosing credentials.
 *
 * @param settings fields of the node 'Settings' to change, by name
 * @throws {Error} when the template has no such setting
 */
export function enrolmentWorkflow(
	credentials: CredentialIds,
	settings: Record<string, string | number>,
): EnrolmentWorkflow {
	const template = JSON.parse(readFileSync(TEMPLATE, 'utf8')) as EnrolmentWorkflow;
	const fields = (node(template, 'Settings').parameters as unknown as Assignments).assignments
		.assignments;
	for (const [name, value] of Object.entries(settings)) {
		const field = fields.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`The template has no setting named ${name}.`);
		field.value = value;
	}
	for (const { type, ...rest } of template.nodes) {
		const credentialType = CREDENTIAL_OF[type];
		if (!credentialType) continue;
		node(template, rest.name).credentials = {
			[credentialType]: { id: credentials[credentialType], name: credentialType },
		};
	}
	return template;
}

const CREDENTIAL_OF: Record<string, keyof CredentialIds> = {
	'n8n-nodes-keeper-keygen.keeperPartner': 'keeperPartnerApi',
	'n8n-nodes-base.emailSend': 'smtp',
};

function node({ nodes }: { nodes: INode[] }, name: string): INode {
	const found = nodes.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`The template has no node named ${name}.`);
	return found;
}
