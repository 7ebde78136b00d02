// The installation from tarballs, by the commands that README shows.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { packagesFolder } from '../../sandbox/n8n/community-packages.mts';
import { type N8nLine, packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { newUserFolder } from '../../sandbox/n8n/user-folder.mts';

const readme = readFileSync(path.resolve(import.meta.dirname, '../../README.md'), 'utf8');
const [, commands = ''] = /docker exec n8n sh -c '\n([^']+)'/.exec(readme) ?? [];

const KEEPER = 'n8n-nodes-keeper-security';
const KEYGEN = 'n8n-nodes-keygen';

jest.setTimeout(300_000);

it.each<N8nLine>(['v2', 'v1'])(
	'n8n, line %s, loads what the commands unpack, and one package without the other',
	async (version) => {
		const userFolder = newUserFolder();
		const [tarball] = packageTarballs();
		execFileSync('sh', ['-e', '-c', commands.replaceAll('/tmp/tarballs', path.dirname(tarball))], {
			env: { ...process.env, HOME: userFolder },
		});

		let n8n = await startN8n({ version, userFolder });
		expect(await offered(n8n)).toEqual({ [KEEPER]: 4, [KEYGEN]: 4 });
		await n8n.stop();

		rmSync(path.join(packagesFolder(userFolder), KEEPER), { recursive: true });
		n8n = await startN8n({ version, userFolder });
		expect(await offered(n8n)).toEqual({ [KEEPER]: 0, [KEYGEN]: 4 });
		await n8n.discard();
	},
);

/** How many nodes of each package an instance offers, without n8n's variants for AI agents. */
async function offered(n8n: StartedN8n): Promise<Record<string, number>> {
	const names = (await n8n.rest.nodeTypes()).map(({ name }) => name);
	const count = (name: string) =>
		names.filter((type) => type.startsWith(`${name}.`) && !type.endsWith('Tool')).length;
	return { [KEEPER]: count(KEEPER), [KEYGEN]: count(KEYGEN) };
}
