// Takes the pictures of the READMEs in a real editor: `npm run screenshots`.
// Needs a Chromium: the one that CHROMIUM names, or /usr/bin/chromium.
import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { installEnrollment, PARTNER, SECRET } from '../sandbox/demo/enrollment.mts';
import { startKeeperPartnerSandbox } from '../sandbox/keeper-partner/server.mts';
import { startMailbox } from '../sandbox/mailbox/server.mts';
import { packageTarballs } from '../sandbox/n8n/installed.mts';
import { startN8n } from '../sandbox/n8n/instance.mts';
import { filesFolder } from '../sandbox/n8n/user-folder.mts';
import {
	copyOf,
	workflowTemplate,
	type StoredCredentials,
} from '../sandbox/n8n/templates/workflow-template.mts';
import {
	execute,
	openNode,
	openWorkflow,
	settled,
	signedIn,
	startBrowser,
} from '../sandbox/editor/browser.mts';
import { installVerification } from './keygen/verification.mts';

const repository = path.resolve(import.meta.dirname, '..');
const folder = path.join(repository, 'docs', 'screenshots');
mkdirSync(folder, { recursive: true });

/** Workflow templates whose canvas is shown. */
const TEMPLATES = [
	'license-on-payment',
	'license-lifecycle-mails',
	'audit-events-to-siem',
	'keeper-events/splunk',
	'keeper-events/sentinel',
	'keeper-events/collector',
	'keeper-events/alerts',
	'keeper-events/heartbeat',
	'keeper-events/joiners-and-leavers',
	'keeper-events/backfill',
];
/** Nodes of them that are shown too, and the end of the picture's name. */
const OPENED: Record<string, Array<[node: string, suffix: string]>> = {
	'keeper-events/splunk': [
		['New Events', 'trigger'],
		['Settings', 'settings'],
		['Ship', 'credential'],
	],
	'keeper-events/alerts': [['Rules', 'rules']],
};

const keeper = await startKeeperPartnerSandbox({ partnerName: PARTNER, partnerSecret: SECRET });
const mailbox = await startMailbox();
const n8n = await startN8n({ tarballs: packageTarballs() });
const students = path.join(filesFolder(n8n.userFolder), 'students.csv');
copyFileSync(path.join(repository, 'sandbox', 'students', 'sample.csv'), students);
const browser = await startBrowser();

try {
	const workflow = await installEnrollment(n8n.rest, {
		keeperUrl: keeper.url,
		smtpPort: mailbox.smtpPort,
		students,
	});
	const context = await signedIn(browser, n8n, { width: 1900, height: 1150 });
	const page = await context.newPage();

	await workflow.turnOn();
	await run(page, workflow);
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	await settled(page);
	await page.screenshot({ path: path.join(folder, 'nightly-student-enrollment.png') });
	await openNode(page, 'Provision');
	await page.screenshot({ path: path.join(folder, 'keeper-partner.png') });

	const verification = await installVerification(n8n.rest);
	await run(page, verification);
	await openNode(page, verification.shown);
	await page.locator('[data-test-id="ndv-run-data-display-mode"]').last().getByText('JSON').click();
	await settled(page);
	await page.screenshot({ path: path.join(folder, 'keygen-verify.png') });
	await verification.close();
	await page.close();

	const credentials = await exampleCredentials();
	for (const name of TEMPLATES) {
		const { id } = await n8n.rest.createWorkflow(copyOf(workflowTemplate(name, {}, credentials)));
		const canvas = await context.newPage();
		await openWorkflow(canvas, n8n.url, id);
		await canvas.locator('[data-test-id="zoom-to-fit"]').click();
		await settled(canvas);
		const picture = name.replace('/', '-');
		await canvas.screenshot({ path: path.join(folder, `${picture}.png`) });
		for (const [node, suffix] of OPENED[name] ?? []) {
			await openNode(canvas, node);
			await canvas.screenshot({ path: path.join(folder, `${picture}-${suffix}.png`) });
			await canvas.keyboard.press('Escape');
			await settled(canvas);
		}
		await canvas.close();
	}
} finally {
	await browser.close();
	await n8n.stop();
	await mailbox.close();
	await keeper.close();
}

/** A credential of each type that the templates ask for, as nodes have no warnings then. */
async function exampleCredentials(): Promise<StoredCredentials> {
	const examples = {
		keygenApi: { account: 'northfield', authentication: 'token', token: 'example' },
		keeperAdminApi: { apiToken: 'example', region: 'US' },
		oAuth2Api: {
			grantType: 'clientCredentials',
			accessTokenUrl: 'https://login.microsoftonline.com/tenant/oauth2/v2.0/token',
			clientId: 'example',
			clientSecret: 'example',
			scope: 'https://monitor.azure.com/.default',
			authentication: 'body',
			useDynamicClientRegistration: false,
			sendAdditionalBodyProperties: false,
			additionalBodyProperties: '{}',
		},
		smtp: { host: '127.0.0.1', port: mailbox.smtpPort, secure: false },
		httpHeaderAuth: { name: 'Authorization', value: 'Bearer example' },
	};
	const stored = Object.entries(examples).map(async ([type, data]) => [
		type,
		await n8n.rest.createCredential(type, data),
	]);
	return Object.fromEntries(await Promise.all(stored));
}

/** Opens a workflow, runs it and waits for its end. */
async function run(page: Page, { id, trigger }: { id: string; trigger: string }): Promise<void> {
	await openWorkflow(page, n8n.url, id);
	await execute(page, trigger);
}
