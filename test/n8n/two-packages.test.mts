// Both packages side by side: what n8n records and shows of them, and that neither needs the other.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type N8nLine, packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';

const NODES = {
	'n8n-nodes-keeper-security': [
		'keeperAdminEvents',
		'keeperAdminEventsTrigger',
		'keeperCommander',
		'keeperPartner',
	],
	'n8n-nodes-keygen': ['keygen', 'keygenAdmin', 'keygenDistribution', 'keygenTrigger'],
};
type PackageName = keyof typeof NODES;
const NAMES = Object.keys(NODES) as PackageName[];
const typesOf = (name: PackageName): string[] => NODES[name].map((node) => `${name}.${node}`);

/** What Settings > Community nodes is drawn from. */
interface Listed {
	packageName: PackageName;
	installedVersion: string;
	authorName: string;
	failedLoading?: boolean;
	installedNodes: Array<{ name: string; type: string }>;
}

const { version } = JSON.parse(
	readFileSync(path.resolve(import.meta.dirname, '..', '..', 'package.json'), 'utf8'),
) as { version: string };

jest.setTimeout(600_000);

describe.each<N8nLine>(['v2', 'v1'])('both packages in n8n, line %s', (line) => {
	let n8n: StartedN8n;

	beforeAll(async () => {
		n8n = await startN8n({ version: line, tarballs: packageTarballs() });
	});
	afterAll(async () => await n8n?.discard());

	const listed = async () =>
		await n8n.rest
			.request<Listed[]>('GET', '/rest/community-packages')
			.then((packages) => packages.sort((a, b) => a.packageName.localeCompare(b.packageName)));
	const offered = async () => {
		const names = (await n8n.rest.nodeTypes()).map(({ name }) => name);
		return NAMES.flatMap(typesOf).filter((type) => names.includes(type));
	};

	it('Settings > Community nodes lists both, each with its nodes, also after a restart', async () => {
		const expected = NAMES.map((name) => [name, version, typesOf(name)]);
		const shown = async () =>
			(await listed()).map(({ packageName, installedVersion, installedNodes }) => [
				packageName,
				installedVersion,
				installedNodes.map(({ type }) => type).sort(),
			]);
		expect(await shown()).toEqual(expected);

		await n8n.stop();
		n8n = await startN8n({ version: line, userFolder: n8n.userFolder });
		expect(await shown()).toEqual(expected);
		expect((await listed()).filter(({ failedLoading }) => failedLoading)).toEqual([]);
	});

	it.each(NAMES)('without %s, which n8n uninstalls, the other one works on', async (removed) => {
		const [kept] = NAMES.filter((name) => name !== removed);
		await n8n.stop();
		n8n = await startN8n({
			version: line,
			userFolder: n8n.userFolder,
			tarballs: packageTarballs(),
		});

		await n8n.rest.request('DELETE', `/rest/community-packages?name=${removed}`);

		expect((await listed()).map(({ packageName }) => packageName)).toEqual([kept]);
		expect(await offered()).toEqual(typesOf(kept));
		await n8n.stop();
		n8n = await startN8n({ version: line, userFolder: n8n.userFolder });
		expect(await offered()).toEqual(typesOf(kept));
		expect(n8n.log()).not.toContain('missing packages');
	});
});
