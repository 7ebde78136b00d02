import {
	createLedger,
	enrollmentWorkflow,
	LEDGER_TABLE,
} from '../n8n/templates/enrollment-template.mts';
import type { N8nRest } from '../n8n/api/rest.mts';
import type { LedgerEntry } from './report.mts';

export const PARTNER = 'northfield-university';
export const SECRET = 'sandbox-secret-of-northfield';
export const PRIMARY_DOMAIN = 'northfield.example';

/** Where the workflow finds its surroundings in this start. */
export interface Surroundings {
	keeperUrl: string;
	smtpPort: number;
	/** The list of students, a CSV file. */
	students: string;
}

export interface InstalledEnrollment {
	id: string;
	/** The trigger for a run by hand. */
	trigger: string;
	/** Lets the workflow buy, as a person does who has read the report of the preview. */
	turnOn(): Promise<void>;
	/** The workflow's ledger; empty before its first run. */
	ledger(): Promise<LedgerEntry[]>;
	/** Where the editor shows the ledger, below n8n's address. */
	ledgerPath(): Promise<string>;
}

/**
 * Imports workflow and credentials into n8n, or brings those of an earlier start up to date. The
 * workflow previews until it is turned on.
 */
export async function installEnrollment(
	rest: N8nRest,
	{ keeperUrl, smtpPort, students }: Surroundings,
): Promise<InstalledEnrollment> {
	const credentials = {
		keeperPartnerApi: await credential(rest, 'keeperPartnerApi', 'Keeper (sandbox)', {
			partnerName: PARTNER,
			partnerSecret: SECRET,
			region: 'custom',
			baseUrl: keeperUrl,
			forbiddenDomains: PRIMARY_DOMAIN,
			forbidSubdomains: false,
		}),
		smtp: await credential(rest, 'smtp', 'Mailbox (sandbox)', {
			host: '127.0.0.1',
			port: smtpPort,
			secure: false,
			disableStartTls: true,
			user: 'sandbox',
			password: 'sandbox',
		}),
	};
	const workflow = (settings: Record<string, string | number>) =>
		enrollmentWorkflow(credentials, { studentsFile: students, ...settings });
	const source = workflow({});
	const workflows = await rest.request<Named[]>('GET', '/rest/workflows');
	const known = workflows.find(({ name }) => name === source.name);
	const { id } = known
		? await rest.updateWorkflow(known.id, source)
		: await rest.createWorkflow(source);
	const table = async () =>
		(await rest.dataTables.list()).find(({ name }) => name === LEDGER_TABLE);
	return {
		id,
		trigger: 'Run by Hand',
		turnOn: async () => {
			const buyIntoLedger = (await table())?.id ?? (await createLedger(rest));
			await rest.updateWorkflow(id, workflow({ buyIntoLedger, studentsAtMost: 1000 }));
		},
		ledger: async () => {
			const found = await table();
			return found ? ((await rest.dataTables.rows(found.id)) as unknown as LedgerEntry[]) : [];
		},
		ledgerPath: async () => {
			const project = await rest.request<{ id: string }>('GET', '/rest/projects/personal');
			return `/projects/${project.id}/datatables/${(await table())?.id ?? ''}`;
		},
	};
}

interface Named {
	id: string;
	name: string;
}

/** A credential by its name, made or changed to hold the data. */
async function credential(
	rest: N8nRest,
	type: string,
	name: string,
	data: Record<string, unknown>,
): Promise<string> {
	const stored = await rest.request<Named[]>('GET', '/rest/credentials');
	const known = stored.find((candidate) => candidate.name === name);
	if (!known) return (await rest.createCredential(type, data, name)).id;
	await rest.request('PATCH', `/rest/credentials/${known.id}`, { name, type, data });
	return known.id;
}
