import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { INodeTypeDescription } from 'n8n-workflow';

/** What n8n records of a community package's package.json. */
export interface PackageManifest {
	name: string;
	version: string;
	author: { name: string; email: string };
}

const dataFolder = (userFolder: string): string => path.join(userFolder, '.n8n');

/** Where an instance keeps the community packages that it has installed. */
export const packagesFolder = (userFolder: string): string =>
	path.join(dataFolder(userFolder), 'nodes', 'node_modules');

/**
 * Puts a packed package where n8n keeps installed community packages, replacing another version of
 * it. Its node types are then `<package name>.<node name>`.
 *
 * @param tarball made by `npm pack`
 */
export function installPackage(userFolder: string, tarball: string): PackageManifest {
	const packages = packagesFolder(userFolder);
	mkdirSync(packages, { recursive: true });
	const unpacked = mkdtempSync(path.join(packages, '.unpacking-'));
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
		const source = path.join(unpacked, 'package');
		const manifest = JSON.parse(
			readFileSync(path.join(source, 'package.json'), 'utf8'),
		) as PackageManifest;
		const target = path.join(packages, manifest.name);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(path.dirname(target), { recursive: true });
		execFileSync('mv', [source, target]);
		return manifest;
	} finally {
		rmSync(unpacked, { recursive: true, force: true });
	}
}

/**
 * Writes into n8n's own records, which Settings > Community nodes shows, that packages are
 * installed: n8n itself does that only for what it has fetched from a registry.
 *
 * @param userFolder of an instance with an SQLite database, which may be running
 * @param nodeTypes what the instance offers
 */
export function recordPackages(
	userFolder: string,
	packages: PackageManifest[],
	nodeTypes: INodeTypeDescription[],
): void {
	const database = new DatabaseSync(path.join(dataFolder(userFolder), 'database.sqlite'), {
		timeout: 30_000,
	});
	try {
		database.exec('BEGIN IMMEDIATE');
		for (const { name, version, author } of packages) {
			database.prepare('DELETE FROM installed_nodes WHERE package = ?').run(name);
			database.prepare('DELETE FROM installed_packages WHERE packageName = ?').run(name);
			database
				.prepare(
					'INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail) VALUES (?, ?, ?, ?)',
				)
				.run(name, version, author.name, author.email);
			for (const node of nodesOf(name, nodeTypes)) {
				database
					.prepare(
						'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
					)
					.run(node.displayName, node.name, latestVersion(node), name);
			}
		}
		database.exec('COMMIT');
	} finally {
		database.close();
	}
}

/** The nodes of a package, without the variants for AI agents that n8n makes of them. */
const nodesOf = (name: string, nodeTypes: INodeTypeDescription[]): INodeTypeDescription[] =>
	nodeTypes.filter((node) => node.name.startsWith(`${name}.`) && !node.name.endsWith('Tool'));

const latestVersion = ({ version }: INodeTypeDescription): number =>
	Array.isArray(version) ? Math.max(...version) : version;
