import type { Mail } from '../../sandbox/mailbox/mail-store.mts';
import { startMailbox, type Mailbox } from '../../sandbox/mailbox/server.mts';
import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import type { KeygenSandboxOptions } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import type { StartedN8n } from '../../sandbox/n8n/instance.mts';
import {
	copyOf,
	workflowTemplate,
	type StoredCredentials,
} from '../../sandbox/n8n/templates/workflow-template.mts';
import { present } from '../present.mts';

/** Where a vendor gets reports. */
export const REPORT_TO = 'sales@northfield.example';

/** What the payment provider must send as `Authorization`. */
export const WEBHOOK_SECRET = 'Bearer payments-4c1f09a7e2b85d36';

/** A license as the service has it. */
export interface License {
	id: string;
	key: string;
	ownerId: string | null;
	policyId: string;
	metadata: Record<string, unknown>;
}

/** A software vendor with a license template: a Keygen with a policy, a mail server, an n8n. */
export class LicenseScene {
	readonly n8n: StartedN8n;
	readonly keygen: KeygenSandbox;
	readonly mailbox: Mailbox;
	/** The policy that licenses are sold under. */
	readonly policyId: string;
	private readonly credentials: StoredCredentials;
	private readonly published = new Map<
		string,
		{ template: string; settings: Record<string, string | number> }
	>();

	private constructor(
		parts: Pick<LicenseScene, 'n8n' | 'keygen' | 'mailbox' | 'policyId'>,
		credentials: StoredCredentials,
	) {
		this.n8n = parts.n8n;
		this.keygen = parts.keygen;
		this.mailbox = parts.mailbox;
		this.policyId = parts.policyId;
		this.credentials = credentials;
	}

	/** Opens a scene of its own in a running n8n that has the package. */
	static async open(n8n: StartedN8n, options: KeygenSandboxOptions = {}): Promise<LicenseScene> {
		const keygen = await startKeygenSandbox(options);
		const mailbox = await startMailbox();
		const [policy] = keygen.seed({ type: 'policies', attributes: { name: 'Yearly' } });
		const credential = async (type: string, data: Record<string, unknown>) =>
			await n8n.rest.createCredential(type, data);
		const credentials = {
			keygenApi: await credential('keygenApi', keygenCredential(keygen)),
			smtp: await credential('smtp', {
				user: '',
				password: '',
				host: '127.0.0.1',
				port: mailbox.smtpPort,
				secure: false,
				disableStartTls: true,
				hostName: '',
			}),
			httpHeaderAuth: await credential('httpHeaderAuth', {
				name: 'Authorization',
				value: WEBHOOK_SECRET,
			}),
		};
		return new LicenseScene({ n8n, keygen, mailbox, policyId: policy.id }, credentials);
	}

	/**
	 * Imports a template, filled in, and publishes it.
	 *
	 * @returns the workflow's id
	 */
	async publish(template: string, settings: Record<string, string | number> = {}): Promise<string> {
		const { id } = await this.n8n.rest.createWorkflow(
			copyOf(workflowTemplate(template, settings, this.credentials)),
		);
		this.published.set(id, { template, settings });
		await this.n8n.rest.publish(id);
		return id;
	}

	/** Changes settings of a published template, and publishes it again. */
	async change(workflowId: string, changed: Record<string, string | number>): Promise<void> {
		const { template, settings } = present(this.published.get(workflowId));
		Object.assign(settings, changed);
		const { nodes } = workflowTemplate(template, settings, this.credentials);
		await this.n8n.rest.updateWorkflow(workflowId, { nodes });
		await this.n8n.rest.publish(workflowId);
	}

	/** A request to the service with the administrator's token. */
	async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.keygen.baseUrl}${path}`, {
			method,
			headers: {
				authorization: `Bearer ${this.keygen.adminToken}`,
				'keygen-version': '1.8',
				'content-type': 'application/vnd.api+json',
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer = (await response.json()) as T;
		if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
		return answer;
	}

	/** All licenses, oldest first. */
	async licenses(): Promise<License[]> {
		const { data } = await this.ask<{ data: Resource[] }>('GET', '/licenses?limit=100&order=asc');
		return data.map(({ id, attributes, relationships }) => ({
			id,
			key: String(attributes.key),
			metadata: attributes.metadata as Record<string, unknown>,
			ownerId: relationships.owner.data?.id ?? null,
			policyId: relationships.policy.data?.id ?? '',
		}));
	}

	/** Users who are no staff, by their addresses. */
	async users(): Promise<Array<{ id: string; email: string }>> {
		const { data } = await this.ask<{ data: Resource[] }>('GET', '/users?limit=100&roles[]=user');
		return data.map(({ id, attributes }) => ({ id, email: String(attributes.email) }));
	}

	/** What the service says of a key, such as `VALID`. */
	async verdict(key: string): Promise<string> {
		const { meta } = await this.ask<{ meta: { code: string } }>(
			'POST',
			'/licenses/actions/validate-key',
			{ meta: { key } },
		);
		return meta.code;
	}

	/** The mails that customers got. */
	customerMails(): Mail[] {
		return this.mailbox.mails().filter(({ to }) => to !== REPORT_TO);
	}

	/** The mails that the vendor got. */
	reports(): Mail[] {
		return this.mailbox.mails().filter(({ to }) => to === REPORT_TO);
	}

	async close(): Promise<void> {
		await this.keygen.close();
		await this.mailbox.close();
	}
}

interface Resource {
	id: string;
	attributes: Record<string, unknown>;
	relationships: Record<string, { data?: { id: string } | null }>;
}
