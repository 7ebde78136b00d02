import type { BrowserContext, Page } from 'playwright-core';

import type { StartedN8n } from '../../sandbox/n8n/instance.mts';

/** What people type, and the tile that they should then find, which stands for a trigger, too. */
const SEARCHES: Array<[typed: string, found: string]> = [
	['software license', 'Keygen'],
	['license key', 'Keygen'],
	['serial key', 'Keygen'],
	['device', 'Keygen'],
	['webhook license', 'Keygen'],
	['compliance', 'Keeper Admin Events'],
	['education', 'Keeper Partner'],
	['university', 'Keeper Partner'],
];

/**
 * Types each alias into the picker of a workflow that has its trigger.
 *
 * @returns one line for each search that does not show its node
 */
export async function pickerProblems(context: BrowserContext, n8n: StartedN8n): Promise<string[]> {
	const { id } = await n8n.rest.createWorkflow({
		nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} }],
		connections: {},
	});
	const page = await context.newPage();
	await page.goto(`${n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: 60_000 });
	await page.locator('[data-test-id="node-creator-plus-button"]').click();
	const search = page.locator('[data-test-id="node-creator-search-bar"]');
	await search.waitFor();
	const problems = [];
	for (const [typed, found] of SEARCHES) {
		await search.fill(typed);
		const shown = await namesShown(page, found);
		if (!shown.includes(found)) problems.push(`'${typed}' finds ${shown.join(', ')}, not ${found}`);
	}
	await page.close();
	return problems;
}

/** The names in the picker, once the wanted one is there or five seconds have passed. */
async function namesShown(page: Page, wanted: string): Promise<string[]> {
	const names = page.locator('[data-test-id="node-creator-item-name"]');
	await names
		.getByText(wanted, { exact: true })
		.first()
		.waitFor({ timeout: 5_000 })
		.catch(() => undefined);
	return (await names.allInnerTexts()).map((name) => name.trim());
}
