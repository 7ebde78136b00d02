import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InstalledN8n } from './installed.mts';

/** A new, empty directory for an instance to keep everything it owns in. */
export const newUserFolder = (): string => mkdtempSync(path.join(tmpdir(), 'n8n-'));

/** Where a workflow may read and write files: `<user folder>/files`. */
export const filesFolder = (userFolder: string): string => path.join(userFolder, 'files');

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> =>
	await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});

/**
 * The environment of a quiet n8n that asks nothing of the internet and shares nothing with other
 * instances. Names: n8n's configuration reference, "Isolate n8n".
 *
 * @param extra wins over what is set here
 */
export async function quietEnvironment(
	userFolder: string,
	n8n: InstalledN8n,
	extra: Record<string, string> = {},
): Promise<Record<string, string>> {
	const files = filesFolder(userFolder);
	if (!existsSync(files)) mkdirSync(files, { recursive: true });
	return {
		PATH: `${path.dirname(n8n.node)}${path.delimiter}${process.env.PATH ?? ''}`,
		TMPDIR: tmpdir(),
		// A HOME of its own, so that nothing of the developer's is read or written.
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		// Derived from the folder: stays the same when an instance is started there again.
		N8N_ENCRYPTION_KEY: createHash('sha256').update(userFolder).digest('hex'),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...QUIET,
		...(n8n.version.startsWith('1.') ? ONLY_V1 : ONLY_V2),
		N8N_RESTRICT_FILE_ACCESS_TO: files,
		...extra,
	};
}

const QUIET = {
	DB_TYPE: 'sqlite',
	DB_SQLITE_POOL_SIZE: '3',
	GENERIC_TIMEZONE: 'UTC',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_LOG_LEVEL: 'info',
	N8N_SECURE_COOKIE: 'false',
	N8N_RUNNERS_MODE: 'internal',
	N8N_PYTHON_ENABLED: 'false',
	N8N_BLOCK_ENV_ACCESS_IN_NODE: 'true',
	N8N_GIT_NODE_DISABLE_BARE_REPOS: 'true',
	N8N_SSRF_PROTECTION_ENABLED: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
};

const ONLY_V1 = { N8N_RUNNERS_ENABLED: 'true' };

// The registry of MCP servers is fetched at every start.
const ONLY_V2 = { N8N_DISABLED_MODULES: 'mcp-registry' };
