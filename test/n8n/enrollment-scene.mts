import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IPinData } from 'n8n-workflow';
import { startKeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import type { Mail } from '../../sandbox/mailbox/mail-store.mts';
import { startMailbox } from '../../sandbox/mailbox/server.mts';
import type { Mailbox } from '../../sandbox/mailbox/server.mts';
import type { Row } from '../../sandbox/n8n/api/data-tables.mts';
import {
	createLedger,
	enrollmentWorkflow,
	LEDGER_TABLES,
	LEDGER_TABLE,
} from '../../sandbox/n8n/templates/enrollment-template.mts';
import type { Execution } from '../../sandbox/n8n/api/executions.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { filesFolder } from '../../sandbox/n8n/user-folder.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
	type StoredCredentials,
	type WorkflowTemplate,
} from '../../sandbox/n8n/templates/workflow-template.mts';
import { present } from '../present.mts';

export const PARTNER = { name: 'northfield', secret: 'Ahorn-Birke-Cedar-Dattel' };
export const REPORT_TO = 'it-report@northfield.example';

/** The statuses in which nobody is called. */
export const SETTLED = ['sending', 'unknown', 'provisioned', 'mailed'];

/** A row of the ledger; all its own columns are text. */
export type LedgerRow = Row & { id: number; email_key: string; status: string | null };

/** A university with the workflow: its list of students, a Keeper, a mail server and a ledger. */
export class EnrollmentScene {
	n8n: StartedN8n;
	readonly keeper: KeeperPartnerSandbox;
	readonly mailbox: Mailbox;
	readonly workflowId: string;
	private readonly csvFile: string;
	private readonly ids: { keeperPartnerApi: string; smtp: string };
	readonly settings: Record<string, string | number>;

	private constructor(parts: {
		n8n: StartedN8n;
		keeper: KeeperPartnerSandbox;
		mailbox: Mailbox;
		workflowId: string;
		csvFile: string;
		ids: { keeperPartnerApi: string; smtp: string };
		settings: Record<string, string | number>;
	}) {
		this.n8n = parts.n8n;
		this.keeper = parts.keeper;
		this.mailbox = parts.mailbox;
		this.workflowId = parts.workflowId;
		this.csvFile = parts.csvFile;
		this.ids = parts.ids;
		this.settings = parts.settings;
	}

	/**
	 * Opens a scene of its own in a running n8n that has the package. One at a time, as the template
	 * has one ledger.
	 *
	 * @param csv the list of students
	 * @param settings fields of the node 'Settings' to change; it may buy unless they say otherwise
	 */
	static async open(
		n8n: StartedN8n,
		csv: string,
		settings: Record<string, string | number> = {},
	): Promise<EnrollmentScene> {
		const keeper = await startKeeperPartnerSandbox({
			partnerName: PARTNER.name,
			partnerSecret: PARTNER.secret,
			primaryDomains: ['northfield.example'],
		});
		const mailbox = await startMailbox();
		const csvFile = path.join(filesFolder(n8n.userFolder), 'students.csv');
		writeFileSync(csvFile, csv);
		const all = {
			studentsFile: csvFile,
			reportTo: REPORT_TO,
			studentsAtMost: 10_000,
			buyIntoLedger: settings.buyIntoLedger ?? (await createLedger(n8n.rest)),
			...settings,
		};
		const ids = {
			keeperPartnerApi: await keeperCredential(n8n, keeper.url, PARTNER.secret),
			smtp: (await n8n.rest.createCredential('smtp', smtp(mailbox.smtpPort))).id,
		};
		const { id } = await n8n.rest.createWorkflow(copyOf(enrollmentWorkflow(ids, all)));
		return new EnrollmentScene({
			n8n,
			keeper,
			mailbox,
			workflowId: id,
			csvFile,
			ids,
			settings: all,
		});
	}

	/**
	 * A template that feeds this workflow from another source than a file, as a user has it after
	 * choosing credentials and this workflow.
	 *
	 * @param name of the file in `workflows/students-from`
	 */
	sourceTemplate(name: string, credentials: StoredCredentials): WorkflowTemplate {
		const template = workflowTemplate(`students-from/${name}`, {}, credentials);
		const call = nodeOf(template, 'Nightly Enrollment');
		call.parameters.workflowId = { __rl: true, mode: 'id', value: this.workflowId };
		return template;
	}

	/** Presses 'Execute workflow' and waits for the end. */
	async run(): Promise<Execution> {
		return await this.ended(await this.start());
	}

	/**
	 * Presses 'Execute workflow' and goes on at once.
	 *
	 * @returns the execution's id
	 */
	async start(): Promise<string> {
		const trigger = 'Run by Hand';
		return present((await this.n8n.rest.startWorkflow(this.workflowId, { trigger })).executionId);
	}

	/** Waits for the end of an execution. */
	async ended(executionId: string): Promise<Execution> {
		return await this.n8n.rest.waitForExecution(executionId, { timeoutMs: 600_000 });
	}

	/** Kills n8n as a power cut would, and starts it again. */
	async powerCut(): Promise<void> {
		await this.n8n.kill();
		this.n8n = await startN8n({ userFolder: this.n8n.userFolder });
	}

	/** Pins data to nodes, as a user may do in the editor. */
	async usePinned(pinData: IPinData): Promise<void> {
		const { nodes, connections } = enrollmentWorkflow(this.ids, this.settings);
		await this.n8n.rest.updateWorkflow(this.workflowId, { nodes, connections, pinData });
	}

	/** Changes fields of the node 'Settings'. */
	async setSettings(change: Record<string, string | number>): Promise<void> {
		Object.assign(this.settings, change);
		const { nodes, connections } = enrollmentWorkflow(this.ids, this.settings);
		await this.n8n.rest.updateWorkflow(this.workflowId, { nodes, connections });
	}

	/** Puts another list of students in place of the old one. */
	setStudents(csv: string | Uint8Array): void {
		writeFileSync(this.csvFile, csv);
	}

	/** Deletes the list of students. */
	removeStudents(): void {
		rmSync(this.csvFile);
	}

	/** Gives the workflow other credentials: a secret of the user's choice, or ids of credentials. */
	async useCredentials(change: { secret?: string; smtp?: string }): Promise<void> {
		if (change.secret !== undefined) {
			this.ids.keeperPartnerApi = await keeperCredential(this.n8n, this.keeper.url, change.secret);
		}
		if (change.smtp !== undefined) this.ids.smtp = change.smtp;
		const { nodes, connections } = enrollmentWorkflow(this.ids, this.settings);
		await this.n8n.rest.updateWorkflow(this.workflowId, { nodes, connections });
	}

	get smtpCredentialId(): string {
		return this.ids.smtp;
	}

	/** The ledger as a user sees it in n8n; empty while there is none. */
	async ledger(): Promise<LedgerRow[]> {
		const id = await this.ledgerId();
		return id === undefined ? [] : ((await this.n8n.rest.dataTables.rows(id)) as LedgerRow[]);
	}

	/** Each row's status by its key. */
	async statuses(): Promise<Record<string, string | null>> {
		return Object.fromEntries((await this.ledger()).map((row) => [row.email_key, row.status]));
	}

	/** Changes a student's status by hand, in n8n's table. */
	async setStatus(emailKey: string, status: string): Promise<void> {
		await this.setRow(emailKey, { status });
	}

	/** Changes a student's row by hand, in n8n's table. */
	async setRow(emailKey: string, change: Record<string, string>): Promise<void> {
		const id = (await this.ledgerId()) ?? '';
		await this.n8n.rest.dataTables.update(id, { email_key: emailKey }, change);
	}

	/** The mails that students got. */
	activationMails(): Mail[] {
		return this.mailbox.mails().filter(({ to }) => to !== REPORT_TO);
	}

	/** The mails that IT got. */
	reports(): Mail[] {
		return this.mailbox.mails().filter(({ to }) => to === REPORT_TO);
	}

	/** Removes the ledger with its history, and ends the services. */
	async close(): Promise<void> {
		for (const { id, name } of await this.n8n.rest.dataTables.list()) {
			if (LEDGER_TABLES.includes(name)) await this.n8n.rest.dataTables.remove(id);
		}
		await this.keeper.close();
		await this.mailbox.close();
	}

	/** The ID of the table with the ledger's name. */
	async ledgerId(): Promise<string | undefined> {
		const tables = await this.n8n.rest.dataTables.list();
		return tables.find(({ name }) => name === LEDGER_TABLE)?.id;
	}
}

async function keeperCredential(n8n: StartedN8n, baseUrl: string, secret: string): Promise<string> {
	const { id } = await n8n.rest.createCredential('keeperPartnerApi', {
		partnerName: PARTNER.name,
		partnerSecret: secret,
		region: 'custom',
		baseUrl,
		forbiddenDomains: 'northfield.example',
		forbidSubdomains: false,
	});
	return id;
}

const smtp = (port: number) => ({
	host: '127.0.0.1',
	port,
	secure: false,
	disableStartTls: true,
	user: '',
	password: '',
	hostName: '',
});
