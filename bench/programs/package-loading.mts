// Loads packages as n8n does at its start, with n8n's own loader.
import { createRequire } from 'node:module';

import { tell, told } from './loaded.mts';

const { directories } = told<{ directories: string[] }>();
const { PackageDirectoryLoader } = createRequire(import.meta.url)(
	'n8n-core',
) as typeof import('n8n-core');

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const started = performance.now();
const loaders = directories.map((directory) => new PackageDirectoryLoader(directory));
for (const loader of loaders) await loader.loadAll();
const milliseconds = performance.now() - started;
tell({
	milliseconds,
	nodes: loaders.flatMap((loader) =>
		loader.types.nodes.map((description) => ({
			name: `${loader.packageName}.${description.name}`,
			bytes: sizeOf(description),
		})),
	),
	credentials: loaders.reduce((sum, { types }) => sum + sizeOf(types.credentials), 0),
});
