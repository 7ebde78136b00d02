// Each node and credential is in one package, and in the repository's own list for development.
import { built, filesBelow, manifests, readManifest, repository } from './checkout.mts';

const listed = ({ n8n }: { n8n: { nodes: string[]; credentials: string[] } }): string[] => [
	...n8n.nodes,
	...n8n.credentials,
];
const sources = [
	...filesBelow('nodes', '.node.ts'),
	...filesBelow('credentials', '.credentials.ts'),
].map(built);

it.each(sources)('%s belongs to one package', (file) => {
	const packages = manifests().filter((manifest) => listed(manifest).includes(file));
	expect(packages.map(({ name }) => name)).toHaveLength(1);
});

it.each(manifests())('$name lists nothing that has no source', (manifest) => {
	expect(listed(manifest).filter((file) => !sources.includes(file))).toEqual([]);
});

it('the repository lists all nodes and credentials, for development', () => {
	expect(listed(readManifest(repository)).sort()).toEqual([...sources].sort());
});

it.each(manifests())('$name is about one service, as n8n verifies no other', ({ name, n8n }) => {
	const vendor = { 'n8n-nodes-keeper-security': 'Keeper', 'n8n-nodes-keygen': 'Keygen' }[name];
	expect(vendor).toBeDefined();
	for (const file of [...n8n.nodes, ...n8n.credentials])
		expect(file).toMatch(new RegExp(`^dist/(nodes|credentials)/${vendor}`));
});

it.each(manifests())('$name has no run-time dependencies, and one peer', (manifest) => {
	expect(manifest.dependencies ?? {}).toEqual({});
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
});

it('both packages and the repository have the same version', () => {
	const { version } = readManifest(repository);
	expect(manifests().map((manifest) => manifest.version)).toEqual([version, version]);
});

it.each([...manifests(), readManifest(repository)])(
	'the folder of $name, which has no build in it, is private: npm refuses to publish it',
	(manifest) => expect(manifest.private).toBe(true),
);
