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
import { execute, openNode, settled, signedIn, startBrowser } from './editor/browser.mts';
import { installVerification } from './keygen/verification.mts';

const repository = path.resolve(import.meta.dirname, '..');
const folder = path.join(repository, 'docs', 'screenshots');
mkdirSync(folder, { recursive: true });

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
	for (const name of ['license-on-payment', 'license-lifecycle-mails', 'audit-events-to-siem']) {
		const { id } = await n8n.rest.createWorkflow(copyOf(workflowTemplate(name, {}, credentials)));
		const canvas = await context.newPage();
		await canvas.goto(`${n8n.url}/workflow/${id}`);
		await canvas.locator('[data-test-id="canvas-node"]').first().waitFor();
		await canvas.locator('[data-test-id="zoom-to-fit"]').click();
		await settled(canvas);
		await canvas.screenshot({ path: path.join(folder, `${name}.png`) });
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
	await page.goto(`${n8n.url}/workflow/${id}`);
	await execute(page, trigger);
}
