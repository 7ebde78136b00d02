import type { N8nRest } from '../api/rest.mts';
import { nodeOf, workflowTemplate, type WorkflowTemplate } from './workflow-template.mts';

/** The name that the template gives its data table. */
export const LEDGER_TABLE = 'Keeper student licenses';

/** All data tables of the template. */
export const LEDGER_TABLES = [LEDGER_TABLE, `${LEDGER_TABLE}: history`];

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

/**
 * Makes the ledger as the template's first run does, for a workflow that may buy from the start.
 *
 * @returns the table's ID, for the setting `buyIntoLedger`
 */
export async function createLedger(rest: N8nRest): Promise<string> {
	const template = workflowTemplate('nightly-student-enrollment');
	const { columns } = nodeOf(template, 'Make Ledger').parameters as unknown as LedgerParameters;
	const types = columns.column.map(({ name, type }) => [name, type] as const);
	const { id } = await rest.dataTables.create(LEDGER_TABLE, Object.fromEntries(types));
	return id;
}

interface LedgerParameters {
	columns: { column: Array<{ name: string; type: 'string' }> };
}
