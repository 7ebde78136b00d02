// What people type into n8n's search for nodes and should find ours by.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..', '..');

interface Codex {
	node: string;
	categories: string[];
	alias: string[];
	resources: object;
}
const codexOf = (file: string) =>
	JSON.parse(readFileSync(path.join(repository, 'nodes', `${file}.node.json`), 'utf8')) as Codex;

const KEYGEN = ['Keygen/Keygen', 'Keygen/KeygenAdmin', 'Keygen/KeygenDistribution'];
const KEEPER = [
	'KeeperAdminEvents/KeeperAdminEvents',
	'KeeperAdminEvents/KeeperAdminEventsTrigger',
	'KeeperCommander/KeeperCommander',
	'KeeperPartner/KeeperPartner',
];
const ALL = [...KEYGEN, 'Keygen/KeygenTrigger', ...KEEPER];

/** The categories that n8n documents. */
const CATEGORIES = [
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

test.each([
	['Keygen/Keygen', ['software license', 'license key', 'serial key', 'device', 'activation']],
	['Keygen/KeygenTrigger', ['software license', 'license key', 'webhook license', 'device']],
	['Keygen/KeygenAdmin', ['software license', 'license webhook', 'compliance']],
	['Keygen/KeygenDistribution', ['software release', 'auto update', 'artifact']],
	[
		'KeeperPartner/KeeperPartner',
		['education', 'university', 'student license', 'password manager'],
	],
	['KeeperAdminEvents/KeeperAdminEvents', ['compliance', 'audit log', 'siem']],
	['KeeperAdminEvents/KeeperAdminEventsTrigger', ['compliance', 'audit log', 'siem']],
])('%s is found by %j', (file, words) => {
	expect(codexOf(file).alias).toEqual(expect.arrayContaining(words));
});

test.each(ALL)('%s has the name of its type, known categories, and no alias twice', (file) => {
	const { node, categories, alias, resources } = codexOf(file);
	const [folder, name] = file.split('/');
	const ownPackage = folder === 'Keygen' ? 'n8n-nodes-keygen' : 'n8n-nodes-keeper-security';
	expect(node).toBe(`${ownPackage}.${name[0].toLowerCase()}${name.slice(1)}`);
	expect(categories.filter((category) => !CATEGORIES.includes(category))).toEqual([]);
	expect(new Set(alias).size).toBe(alias.length);
	// Without them n8n ignores the whole file.
	expect(resources).toHaveProperty('primaryDocumentation');
});

// n8n's picker shows one tile for both, which is found by the words of the former alone.
test.each([
	['Keygen/Keygen', 'Keygen/KeygenTrigger'],
	['KeeperAdminEvents/KeeperAdminEvents', 'KeeperAdminEvents/KeeperAdminEventsTrigger'],
])('%s has all aliases of its trigger', (node, trigger) => {
	expect(codexOf(node).alias).toEqual(expect.arrayContaining(codexOf(trigger).alias));
});
