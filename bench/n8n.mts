import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { INodeExecutionData, ITaskData } from 'n8n-workflow';

import { Execution } from '../sandbox/n8n/api/executions.mts';
import { startN8n, type StartedN8n } from '../sandbox/n8n/instance.mts';
import type { Workflow, WorkflowSource } from '../sandbox/n8n/api/rest.mts';
import { freePort } from '../sandbox/n8n/user-folder.mts';
import { Inspector } from './inspector.mts';

export type BenchNode = WorkflowSource['nodes'][number];

/** How long some nodes took, and what the last of them gave. */
export interface Timed {
	milliseconds: number;
	items: INodeExecutionData[];
	execution: Execution;
}

/** A real n8n in which things are measured. */
export class MeasuredN8n {
	readonly n8n: StartedN8n;
	private readonly pid: number;
	private readonly inspectorPort: number;
	private inspector?: Inspector;

	private constructor(n8n: StartedN8n, inspectorPort: number) {
		this.n8n = n8n;
		this.pid = pidOf(n8n.port);
		this.inspectorPort = inspectorPort;
	}

	/** @param tarballs the packages to install; none if not given */
	static async start(
		tarballs: string[] = [],
		env: Record<string, string> = {},
	): Promise<MeasuredN8n> {
		const inspectorPort = await freePort();
		const n8n = await startN8n({
			tarballs,
			env: {
				N8N_LOG_LEVEL: 'info',
				// Where the inspector listens once it is asked for.
				NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspectorPort}`,
				...env,
			},
		});
		return new MeasuredN8n(n8n, inspectorPort);
	}

	async stop(): Promise<void> {
		this.inspector?.close();
		await this.n8n.discard();
	}

	/** Stores a workflow of nodes in a row, started by hand. */
	async chain(nodes: BenchNode[], settings: Record<string, unknown> = {}): Promise<Workflow> {
		const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
		return await this.n8n.rest.createWorkflow(inARow([start, ...nodes], settings));
	}

	/**
	 * Runs a workflow once.
	 *
	 * @param from the first of the nodes to be timed
	 * @param to the last of them
	 * @returns the time from the start of the one to the end of the other, as n8n recorded it
	 */
	async time(workflow: Workflow, from: string, to: string): Promise<Timed> {
		const execution = await this.n8n.rest.runWorkflow(workflow.id, { timeoutMs: 600_000 });
		if (execution.status !== 'success') {
			const { message, description } = execution.error ?? {};
			throw new Error(`The run ended as ${execution.status}: ${message} ${description}`);
		}
		const first = onlyRun(execution, from);
		const last = onlyRun(execution, to);
		return {
			milliseconds: last.startTime + last.executionTime - first.startTime,
			items: execution.items(to),
			execution,
		};
	}

	/** Makes n8n collect its garbage, so that no run pays for the one before. */
	async collectGarbage(): Promise<void> {
		await (await this.inspected()).send('HeapProfiler.collectGarbage');
	}

	/** Bytes of JavaScript objects and buffers in use after garbage collection. */
	async bytesInUse(): Promise<number> {
		await this.collectGarbage();
		const { heapUsed, external } = await this.evaluate<NodeJS.MemoryUsage>('process.memoryUsage()');
		return heapUsed + external;
	}

	private async evaluate<T>(expression: string): Promise<T> {
		const { result } = await (
			await this.inspected()
		).send<{ result: { value: T } }>('Runtime.evaluate', { expression, returnByValue: true });
		return result.value;
	}

	async inspected(): Promise<Inspector> {
		if (this.inspector) return this.inspector;
		process.kill(this.pid, 'SIGUSR1');
		this.inspector = await Inspector.connect(this.inspectorPort);
		return this.inspector;
	}

	/** Bytes of memory that the process holds of the machine's (resident set). */
	get resident(): number {
		return this.status('VmRSS');
	}

	/** The most that it held since `forgetPeak`. */
	get peakResident(): number {
		return this.status('VmHWM');
	}

	forgetPeak(): void {
		// 5 resets the high-water mark (Linux, proc(5), clear_refs).
		writeFileSync(`/proc/${this.pid}/clear_refs`, '5');
	}

	private status(name: string): number {
		const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
		return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
	}
}

/** Nodes connected one after the other. */
export function inARow(nodes: BenchNode[], settings: Record<string, unknown> = {}): WorkflowSource {
	return {
		nodes,
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map(({ name }, index) => [
					nodes[index].name,
					{ main: [[{ node: name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1', ...settings },
	};
}

function onlyRun(execution: Execution, node: string): ITaskData {
	const [run] = execution.runs[node] ?? [];
	if (!run) throw new Error(`The node ${node} did not run.`);
	return run;
}

/** The process that listens as n8n on a port, by what it was started with. */
function pidOf(port: number): number {
	const isIt = (pid: string): boolean => {
		try {
			const [environment, command] = ['environ', 'cmdline'].map((file) =>
				readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0'),
			);
			return environment.includes(`N8N_PORT=${port}`) && command.at(1)?.endsWith('/n8n') === true;
		} catch {
			return false;
		}
	};
	const found = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isIt(name));
	if (found === undefined) throw new Error(`No n8n runs on port ${port}.`);
	return Number(found);
}
