import { workflowTemplate, type WorkflowTemplate } from './workflow-template.mts';

/** The name that the template gives its data table. */
export const LEDGER_TABLE = 'Keeper student licenses';

/** Ids of stored credentials, by credential type. */
export type CredentialIds = Record<'keeperPartnerApi' | 'smtp', string>;

/**
 * The template of the nightly enrollment as a user has it after filling in 'Settings' and choosing
 * credentials.
 *
 * @param settings fields of the node 'Settings' to change, by name
 * @throws {Error} when the template has no such setting
 */
export function enrollmentWorkflow(
	credentials: CredentialIds,
	settings: Record<string, string | number>,
): WorkflowTemplate {
	const stored = Object.entries(credentials).map(([type, id]) => [type, { id, name: type }]);
	return workflowTemplate('nightly-student-enrollment', settings, Object.fromEntries(stored));
}
