import type { Page } from 'playwright-core';

const NO_NODE = 'zzzzzz';

/** n8n's picker of nodes. */
export interface Picker {
	/**
	 * Types words into the picker.
	 *
	 * @returns the names that it shows; none where it finds nothing
	 */
	search(words: string): Promise<string[]>;
}

/** Opens the picker of the workflow that a page shows, which has its trigger. */
export async function openPicker(page: Page): Promise<Picker> {
	await page.locator('[data-test-id="node-creator-plus-button"]').click();
	const input = page.locator('[data-test-id="node-creator-search-bar"]');
	await input.waitFor();
	const names = page.locator('[data-test-id="node-creator-item-name"]');
	const nothing = page.locator('[data-test-id="node-creator-no-results"]');
	return {
		async search(words) {
			// What the search before has found must not count.
			await input.fill(NO_NODE);
			await nothing.waitFor();
			await input.fill(words);
			await names.or(nothing.getByText(words)).first().waitFor();
			return (await names.allInnerTexts()).map((name) => name.trim());
		},
	};
}
