// Loads a package as n8n does at its start, with n8n's own loader.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

import { tell, told } from './loaded.mts';

const { directory } = told<{ directory: string }>();
const { PackageDirectoryLoader } = createRequire(import.meta.url)(
	'n8n-core',
) as typeof import('n8n-core');

const started = performance.now();
const loader = new PackageDirectoryLoader(directory);
await loader.loadAll();
const milliseconds = performance.now() - started;
const { nodes, credentials } = loader.types;
const { name } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
	name: string;
};
tell({
	name,
	milliseconds,
	nodes: nodes.map((description) => ({
		name: description.name,
		bytes: Buffer.byteLength(JSON.stringify(description)),
	})),
	credentials: Buffer.byteLength(JSON.stringify(credentials)),
});
