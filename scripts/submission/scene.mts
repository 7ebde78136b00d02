import { copyFileSync } from 'node:fs';
import path from 'node:path';

import { installEnrollment, PARTNER, SECRET } from '../../sandbox/demo/enrollment.mts';
import { startKeeperEventsSandbox } from '../../sandbox/keeper-events/server.mts';
import { startKeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import { startKeygenSandbox } from '../../sandbox/keygen/start.mts';
import { startMailbox } from '../../sandbox/mailbox/server.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n } from '../../sandbox/n8n/instance.mts';
import { HOST, startTlsProxy } from '../../sandbox/n8n/tls-proxy.mts';
import { filesFolder } from '../../sandbox/n8n/user-folder.mts';
import { installVerification } from '../keygen/verification.mts';
import type { Demo, Shown } from './demo.mts';

const TOKEN = 'sandbox-siem-token';
const sample = path.resolve(import.meta.dirname, '../../sandbox/students/sample.csv');

/**
 * A real n8n with stand-ins for the services behind it.
 *
 * @param installs whether the demo installs the packages from the registry; otherwise they are there
 */
export async function openScene(installs: boolean) {
	const proxy = await startTlsProxy('http://127.0.0.1:1');
	const keygen = await startKeygenSandbox({
		webhooks: { ca: proxy.ca, hosts: { [HOST]: `127.0.0.1:${proxy.port}` } },
	});
	const events = await startKeeperEventsSandbox({
		tokens: [TOKEN],
		history: { count: 40, days: 1 },
	});
	const partner = await startKeeperPartnerSandbox({ partnerName: PARTNER, partnerSecret: SECRET });
	const mailbox = await startMailbox();
	const n8n = await startN8n({
		tarballs: installs ? [] : packageTarballs(),
		env: { WEBHOOK_URL: `https://${HOST}/` },
	});
	proxy.target = n8n.url;
	const parts: Array<{ close(): Promise<void> }> = [mailbox, partner, events, keygen, proxy];

	/** What the demo of Keeper's package shows. */
	async function showKeeper(): Promise<Shown> {
		const students = path.join(filesFolder(n8n.userFolder), 'students.csv');
		copyFileSync(sample, students);
		const enrollment = await installEnrollment(n8n.rest, {
			keeperUrl: partner.url,
			smtpPort: mailbox.smtpPort,
			students,
		});
		await enrollment.turnOn();
		const credential = await n8n.rest.createCredential(
			'keeperAdminApi',
			{ apiToken: TOKEN, region: 'custom', baseUrl: events.url },
			'Keeper Admin API (sandbox)',
		);
		const trigger = 'Keeper Admin Events Trigger';
		const watch = await n8n.rest.createWorkflow({
			name: 'Watch audit events',
			nodes: [
				{
					name: trigger,
					type: 'n8n-nodes-keeper-security.keeperAdminEventsTrigger',
					parameters: {},
					credentials: { keeperAdminApi: credential },
					position: [0, 0],
				},
			],
			connections: {},
		});
		return {
			credential,
			action: { ...enrollment, shown: 'Provision' },
			firing: { id: watch.id, trigger },
		};
	}

	/** What the demo of Keygen's package shows. */
	async function showKeygen(): Promise<Shown> {
		const verification = await installVerification(n8n.rest);
		parts.push(verification);
		const credential = await n8n.rest.createCredential(
			'keygenApi',
			keygenCredential(keygen),
			'Keygen API (sandbox)',
		);
		const trigger = 'Keygen Trigger';
		const watch = await n8n.rest.createWorkflow({
			name: 'When a license expires',
			nodes: [
				{
					name: trigger,
					type: 'n8n-nodes-keygen.keygenTrigger',
					parameters: { events: ['license.expired'] },
					credentials: { keygenApi: credential },
					webhookId: 'a5f1c0de-0000-4000-8000-000000000001',
					position: [0, 0],
				},
			],
			connections: {},
		});
		await n8n.rest.publish(watch.id);
		return {
			credential,
			action: verification,
			firing: {
				id: watch.id,
				trigger,
				async happen() {
					keygen.emit({ event: 'license.expired' });
					await keygen.webhooksIdle();
				},
			},
		};
	}

	const demos: Demo[] = [
		{ package: 'n8n-nodes-keeper-security', prepare: showKeeper },
		{ package: 'n8n-nodes-keygen', prepare: showKeygen },
	];
	return {
		n8n,
		demos,
		async close() {
			await n8n.discard();
			await Promise.all(parts.map((part) => part.close()));
		},
	};
}
