import type { INodeExecutionData, ITaskData } from 'n8n-workflow';

/** An error as n8n stores it. */
export interface StoredError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	messages?: string[];
	context?: Record<string, unknown>;
	node?: { name: string };
	stack?: string;
	[field: string]: unknown;
}

/** The status in which an execution has nothing more to do. */
export const ENDED = ['success', 'error', 'canceled', 'crashed'];

/** An execution as n8n's REST interface and its command line answer it. */
export interface StoredExecution {
	id?: string;
	status: string;
	mode: string;
	workflowId?: string;
	/** The REST interface sends it in flatted form. */
	data: string | StoredData;
}

interface StoredData {
	resultData?: { runData?: Record<string, ITaskData[]>; error?: StoredError };
}

/** What became of a run of a workflow. */
export class Execution {
	/** Empty when the command line answered. */
	readonly id: string;
	readonly status: string;
	readonly mode: string;
	/** The error that ended the execution. */
	readonly error: StoredError | undefined;
	/** Per node that ran, by name: what n8n stored of each of its runs. */
	readonly runs: Record<string, ITaskData[]>;

	constructor(stored: StoredExecution) {
		this.id = stored.id ?? '';
		this.status = stored.status;
		this.mode = stored.mode;
		const { data: sent } = stored;
		const data = typeof sent === 'string' ? (parseFlatted(sent) as StoredData) : sent;
		this.error = data?.resultData?.error;
		this.runs = data?.resultData?.runData ?? {};
	}

	/** The items that a node put out, those of all its runs in turn. The error branch is output 1. */
	items(node: string, output = 0): INodeExecutionData[] {
		return (this.runs[node] ?? []).flatMap((run) => run.data?.main?.[output] ?? []);
	}

	/** The `json` of those items. */
	json(node: string, output = 0): Array<Record<string, unknown>> {
		return this.items(node, output).map((item) => item.json);
	}

	/** The error that a node's run ended with. */
	nodeError(node: string): StoredError | undefined {
		return this.runs[node]?.find((run) => run.error)?.error as StoredError | undefined;
	}
}

/**
 * Reads flatted: a JSON array of values, the first being the root, in which every string inside an
 * object or array stands for the value at that index. Shared and circular references survive.
 */
export function parseFlatted(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const revived = new Set<unknown>();
	const valueAt = (index: number): unknown => {
		const value = table[index];
		if (typeof value !== 'object' || value === null || revived.has(value)) return value;
		revived.add(value);
		const holder = value as Record<string, unknown>;
		for (const [key, entry] of Object.entries(holder)) {
			if (typeof entry === 'string') holder[key] = valueAt(Number(entry));
		}
		return value;
	};
	return valueAt(0);
}
