// Our nodes in n8n's editor: the words that find them, and their panels.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';
import type { Browser, Page } from 'playwright-core';

import { openWorkflow, signedIn, startBrowser } from '../../sandbox/editor/browser.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { openPanel } from './panel.mts';
import { openPicker } from './picker.mts';

/** Each node, and the tile that stands for it in the picker: one for a node and its trigger. */
const NODES = [
	['Keygen/Keygen', 'Keygen'],
	['Keygen/KeygenAdmin', 'Keygen Admin'],
	['Keygen/KeygenDistribution', 'Keygen Distribution'],
	['Keygen/KeygenTrigger', 'Keygen'],
	['KeeperAdminEvents/KeeperAdminEvents', 'Keeper Admin Events'],
	['KeeperAdminEvents/KeeperAdminEventsTrigger', 'Keeper Admin Events'],
	['KeeperCommander/KeeperCommander', 'Keeper Commander'],
	['KeeperPartner/KeeperPartner', 'Keeper Partner'],
];

/** Of nodes beside each other: all must be on the screen. */
const COLUMNS = 9;

interface Codex {
	node: string;
	alias: string[];
}
const repository = path.resolve(import.meta.dirname, '..', '..');
const codexOf = (file: string) =>
	JSON.parse(readFileSync(path.join(repository, 'nodes', `${file}.node.json`), 'utf8')) as Codex;
const TYPES = NODES.map(([file]) => codexOf(file).node);

let n8n: StartedN8n;
let browser: Browser;
let page: Page;
let types: INodeTypeDescription[];
const errors: string[] = [];

jest.setTimeout(300_000);

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
	types = await n8n.rest.nodeTypes();
	browser = await startBrowser();
	const context = await signedIn(browser, n8n, { width: 1900, height: 1100 });
	page = await context.newPage();
	const { id } = await n8n.rest.createWorkflow({
		nodes: TYPES.flatMap(variantsOf).map((node, index) => ({
			...node,
			position: [220 * (index % COLUMNS), 220 * Math.floor(index / COLUMNS)],
		})),
		connections: {},
	});
	await openWorkflow(page, n8n.url, id);
	page.on('pageerror', ({ message }) => errors.push(message));
	page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
});
afterAll(async () => {
	await browser?.close();
	await n8n?.discard();
});

/** A node of a type for each of its resources, named after both. */
function variantsOf(type: string) {
	const { properties } = types.find(({ name }) => name === type) ?? { properties: [] };
	const options = properties.find(({ name }) => name === 'resource')?.options ?? [];
	const resources = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	return resources.length > 0
		? resources.map((resource) => ({ name: `${type} ${resource}`, type, parameters: { resource } }))
		: [{ name: type, type, parameters: {} }];
}

it.each(TYPES)('the panel of %s opens for each resource without an error', async (type) => {
	await page.locator('[data-test-id="zoom-to-fit"]').click();
	for (const { name } of variantsOf(type)) {
		const labels = await openPanel(page, name);
		expect([name, labels]).toEqual([name, expect.arrayContaining([expect.stringMatching(/\w/)])]);
	}
	expect(errors.splice(0)).toEqual([]);
});

it("n8n's picker finds each node by each of its aliases", async () => {
	const tiles = new Map<string, Set<string>>();
	for (const [file, tile] of NODES)
		for (const alias of codexOf(file).alias)
			tiles.set(alias, new Set([...(tiles.get(alias) ?? []), tile]));

	const picker = await openPicker(page);
	const lost = [];
	for (const [alias, wanted] of tiles) {
		const shown = await picker.search(alias);
		const missing = [...wanted].filter((tile) => !shown.includes(tile));
		lost.push(...missing.map((tile) => `${alias}: ${tile}`));
	}

	expect(tiles.size).toBeGreaterThan(0);
	expect(lost).toEqual([]);
});
