import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Execution, type StoredExecution } from './executions.mts';
import { installedN8n, type N8nLine } from '../installed.mts';
import { startSupervised, type SupervisedProcess } from '../supervised-process.mts';
import { quietEnvironment } from '../user-folder.mts';

export interface CliOptions {
	/** The user folder of an instance. The instance itself may run or not. */
	userFolder: string;
	/** `v2` if not given. */
	version?: N8nLine;
	/** Further settings for n8n, by their environment variables' names. */
	env?: Record<string, string>;
}

/** Starts a command of n8n, such as `['list:workflow']`. */
export async function startCli(args: string[], options: CliOptions): Promise<SupervisedProcess> {
	const n8n = installedN8n(options.version ?? 'v2');
	const env = await quietEnvironment(options.userFolder, n8n, options.env);
	return startSupervised(n8n.node, [n8n.n8nBin, ...args], { cwd: options.userFolder, env });
}

export interface CliExecution extends SupervisedProcess {
	/**
	 * Waits for the end and reads what became of the run, good or bad.
	 *
	 * @throws {Error} with the output when there is nothing to read: the process was killed, say
	 */
	result(): Promise<Execution>;
}

/**
 * Starts `n8n execute`: one run of a stored workflow, from its trigger, in a process of its own that
 * can be killed at any moment.
 */
export async function executeCli(workflowId: string, options: CliOptions): Promise<CliExecution> {
	const process = await startCli(['execute', `--id=${workflowId}`, '--rawOutput'], options);
	return {
		...process,
		async result() {
			const code = await process.exited;
			// Log lines may come before and after. The result alone spans lines from { to }. It counts
			// whatever the exit code: 1.x can crash on its way out while its task runner still starts.
			const json = /^\{$[^]*?^\}$/m.exec(process.stdout())?.[0];
			if (json === undefined) {
				throw new Error(`n8n execute ended with ${code}:\n${process.output()}`);
			}
			return new Execution(JSON.parse(json) as StoredExecution);
		},
	};
}

/**
 * The credentials to import: `data` is unencrypted, and `id` is what workflows refer to.
 */
export interface CredentialSource {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** Adds credentials to an instance's database, replacing those with the same id. */
export const importCredentialsCli = async (
	credentials: CredentialSource[],
	options: CliOptions,
): Promise<void> => await importCli('credentials', credentials, options);

/** Adds workflows (each with an `id`) to an instance's database, unpublished. */
export const importWorkflowsCli = async (
	workflows: Array<{ id: string; name: string; [field: string]: unknown }>,
	options: CliOptions,
): Promise<void> => await importCli('workflow', workflows, options);

async function importCli(
	kind: 'credentials' | 'workflow',
	content: unknown[],
	options: CliOptions,
): Promise<void> {
	const file = path.join(options.userFolder, `import-${kind}.json`);
	writeFileSync(file, JSON.stringify(content));
	const process = await startCli([`import:${kind}`, `--input=${file}`], options);
	const code = await process.exited;
	rmSync(file);
	if (code !== 0) throw new Error(`n8n import:${kind} ended with ${code}:\n${process.output()}`);
}
