import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Page } from 'playwright-core';

import { execute, openNode, openWorkflow, settled } from '../../sandbox/editor/browser.mts';
import { installFromPage } from './install.mts';
import { record } from './recording.mts';

/** What the demo of a package shows in an editor. */
export interface Demo {
	package: string;
	/** Creates what is shown, once the package is installed. */
	prepare(): Promise<Shown>;
}

export interface Shown {
	credential: { id: string };
	/** A workflow to run by hand, and the node whose result is shown. */
	action: { id: string; trigger: string; shown: string };
	/** A workflow that starts by itself when something happens, or is tried in the editor. */
	firing: { id: string; trigger: string; happen?: () => Promise<void> };
}

/**
 * Goes through what n8n asks a demo to show, and takes pictures on the way: the package installed, a
 * credential that is tested, the main action, the trigger firing.
 *
 * @param options.folder for the pictures and the recording
 * @param options.installs whether to install the package through n8n's page first
 */
export async function showDemo(
	page: Page,
	url: string,
	demo: Demo,
	{ folder, installs }: { folder: string; installs: boolean },
): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const picture = async (name: string) => {
		await settled(page);
		await page.screenshot({ path: path.join(folder, `${name}.png`) });
	};
	const installed = page.getByText(demo.package, { exact: true }).first();
	await page.goto(`${url}/settings/community-nodes`);
	if (!installs) await installed.waitFor({ timeout: 60_000 });
	const recording = await record(page);
	if (installs) await installFromPage(page, demo.package);
	await installed.waitFor({ timeout: 60_000 });
	await picture('1-community-nodes');

	const { credential, action, firing } = await demo.prepare();
	await recording.without(async () => {
		await page.goto(`${url}/home/credentials/${credential.id}`);
		await page.locator('[data-test-id="credential-edit-dialog"]').waitFor({ timeout: 60_000 });
	});
	await page.getByText('Connection tested successfully').waitFor({ timeout: 60_000 });
	await picture('2-credential');

	await recording.without(async () => {
		await openWorkflow(page, url, action.id);
		await page.locator('[data-test-id="zoom-to-fit"]').click();
	});
	await execute(page, action.trigger);
	await picture('3-workflow');
	await openNode(page, action.shown);
	await picture('4-action');

	const { id, trigger, happen } = firing;
	if (happen) {
		await recording.without(async () => {
			await openWorkflow(page, url, id);
			await settled(page);
			await dismissAdvice(page);
		});
		await settled(page);
		await happen();
		await recording.without(() => showExecutions(page, `${url}/workflow/${id}/executions`));
	} else {
		await recording.without(() => openWorkflow(page, url, id));
		await execute(page, trigger);
		await openNode(page, trigger);
	}
	await picture('5-trigger');
	writeFileSync(path.join(folder, 'demo.gif'), await recording.end());
}

/** Opens the list of a published workflow's executions, of which at least one succeeded. */
async function showExecutions(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.getByText('Succeeded').first().waitFor({ timeout: 60_000 });
	await settled(page);
	await dismissAdvice(page);
}

/** Closes n8n's advice for published workflows, which hides what is behind it, where it shows. */
async function dismissAdvice(page: Page): Promise<void> {
	const close = page.locator('[data-test-id="suggested-actions-close"]');
	if (await close.isVisible()) await close.click();
}
