// Where the programs of the servers that queue mode needs are on this machine. npm cannot install
// them; Debian's packages are `postgresql` and `redis-server`.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where Debian and its kin keep the programs of each version of PostgreSQL. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/**
 * The folder with PostgreSQL's `initdb`, `postgres` and `createdb`.
 *
 * @returns {string | undefined} nothing where PostgreSQL is not installed
 */
export function postgresFolder() {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const found = newestFirst
		.map((version) => path.join(POSTGRES_VERSIONS, version, 'bin'))
		.find((folder) => existsSync(path.join(folder, 'initdb')));
	const initdb = onPath('initdb');
	return found ?? (initdb && path.dirname(initdb));
}

/**
 * The program `redis-server`.
 *
 * @returns {string | undefined} nothing where Redis is not installed
 */
export function redisServer() {
	return onPath('redis-server');
}

/**
 * The servers that are missing.
 *
 * @returns {string[]} names
 */
export function missingServers() {
	return [...(postgresFolder() ? [] : ['PostgreSQL']), ...(redisServer() ? [] : ['Redis'])];
}

/** @param {string} program */
function onPath(program) {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}
