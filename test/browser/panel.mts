import type { Page } from 'playwright-core';

/**
 * Opens the panel of a node of the workflow that a page shows, and closes it again.
 *
 * @returns the labels of its parameters
 */
export async function openPanel(page: Page, name: string): Promise<string[]> {
	await page
		.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`)
		.dblclick({ force: true });
	const parameters = page.locator('[data-test-id="node-parameters"]');
	await parameters.locator('[data-test-id="parameter-item"]').first().waitFor();
	const labels = await parameters.locator('[data-test-id="input-label"]').allInnerTexts();
	await page.locator('[data-test-id="ndv-close-button"]').click();
	await parameters.waitFor({ state: 'hidden' });
	return labels;
}
