import type { Page } from 'playwright-core';

/** Installs a published package on the page Settings > Community nodes, which is open. */
export async function installFromPage(page: Page, name: string): Promise<void> {
	await page
		.getByRole('button', { name: /Install( a community node)?$/ })
		.first()
		.click();
	await page.locator('input[name="packageNameInput"]').fill(name);
	await page.locator('[data-test-id="user-agreement-checkbox"]').click();
	await page.locator('[data-test-id="install-community-package"]').click();
	await page
		.locator('[data-test-id="community-package-card"]', { hasText: name })
		.waitFor({ timeout: 180_000 });
}
