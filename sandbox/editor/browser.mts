// n8n's editor in a headless browser. Needs a Chromium: the one that CHROMIUM names, or
// /usr/bin/chromium.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

import type { StartedN8n } from '../n8n/instance.mts';

export const startBrowser = async (): Promise<Browser> =>
	await chromium.launch({
		executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
	});

/** Pages in which the owner of an instance is signed in. */
export async function signedIn(
	browser: Browser,
	n8n: StartedN8n,
	viewport: { width: number; height: number },
): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport });
	await context.addCookies([{ ...n8n.rest.authCookie(), url: n8n.url }]);
	return context;
}

/** Opens a workflow. It is connected to n8n afterward: n8n's editor runs nothing before that. */
export async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
	const connected = new Promise<void>((resolve) => {
		page.once('websocket', (socket) => socket.once('framereceived', () => resolve()));
	});
	await page.goto(`${url}/workflow/${id}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: 60_000 });
	await connected;
}

/** Runs the workflow that a page shows, and waits for its end. */
export async function execute(page: Page, trigger: string): Promise<void> {
	await page
		.locator(`[data-test-id="execute-workflow-button-${trigger}"]`)
		.dispatchEvent('click', undefined, { timeout: 60_000 });
	await page.getByText('Workflow executed successfully').waitFor({ timeout: 180_000 });
}

/** Opens the panel of a node of the workflow that a page shows. */
export async function openNode(page: Page, name: string): Promise<void> {
	const node = `[data-test-id="canvas-node"][data-node-name="${name}"]`;
	await page.locator(node).dblclick({ force: true });
	await page.locator('[data-test-id="node-parameters"]').waitFor();
	await settled(page);
}

/**
 * Waits until nothing moves any more: the editor animates without telling when it is done.
 *
 * @throws {Error} if it still moves after a minute
 */
export async function settled(page: Page): Promise<void> {
	let before: Buffer = Buffer.alloc(0);
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
		await page.waitForTimeout(700);
		const now = await page.screenshot();
		if (now.equals(before)) return;
		before = now;
	}
	throw new Error(`Something on ${page.url()} never stops moving.`);
}
