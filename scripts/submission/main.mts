// Pictures and demos for submitting the packages to n8n: `npm run submission`.
//
// Writes docs/submission/<package>/. With `-- --install`, which needs the packages on npm, the demos
// begin with installing them.
import path from 'node:path';
import { parseArgs } from 'node:util';

import { signedIn, startBrowser } from '../../sandbox/editor/browser.mts';
import { showDemo } from './demo.mts';
import { openScene } from './scene.mts';

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } });
const folder = path.resolve(import.meta.dirname, '../../docs/submission');
const scene = await openScene(values.install);
const browser = await startBrowser();
try {
	const { n8n } = scene;
	const context = await signedIn(browser, n8n, { width: 1280, height: 800 });
	const page = await context.newPage();
	for (const demo of scene.demos) {
		await showDemo(page, n8n.url, demo, {
			folder: path.join(folder, demo.package),
			installs: values.install,
		});
	}
} finally {
	await browser.close();
	await scene.close();
}
