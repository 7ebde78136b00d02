import path from 'node:path';
import type { INodeExecutionData, ITaskData } from 'n8n-workflow';

import type { KeeperEventsSandbox } from '../../sandbox/keeper-events/server.mts';
import { parseFlatted } from './executions.mts';

/** What is used of Node 24's own SQLite, which the type definitions for Node 20 lack. */
interface Sqlite {
	DatabaseSync: new (
		file: string,
		options: { readOnly: boolean },
	) => {
		exec(sql: string): void;
		prepare(sql: string): { all(...values: string[]): Array<Record<string, unknown>> };
		close(): void;
	};
}
const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as Sqlite;

export const TOKEN = 'siem-token-that-must-not-be-found-8b1e';
export const TRIGGER = 'Keeper Admin Events Trigger';

export type Event = Record<string, unknown>;

/** Poll times that n8n accepts and that come every so many seconds: each alone is once a minute. */
export function pollEvery(seconds: number): {
	item: Array<{ mode: string; cronExpression: string }>;
} {
	const item = [];
	for (let second = 0; second < 60; second += seconds) {
		item.push({ mode: 'custom', cronExpression: `${second} * * * * *` });
	}
	return { item };
}

const EXECUTIONS = `SELECT data.data AS data FROM execution_data data
	JOIN execution_entity execution ON execution.id = data.executionId
	WHERE execution.workflowId = ? ORDER BY execution.id`;

interface StoredData {
	executionData?: {
		nodeExecutionStack?: Array<{ node: { name: string }; data: { main: INodeExecutionData[][] } }>;
	};
	resultData?: { runData?: Record<string, ITaskData[]> };
}

/**
 * What the trigger handed to n8n, one list of items for each execution that n8n has stored of it,
 * whether that execution went well, failed, or was cut off by the end of the process.
 *
 * @param userFolder of an instance with SQLite; it may run
 * @param workflowId of the workflow that the trigger is in
 */
export function handedOver(userFolder: string, workflowId: string): Event[][] {
	const database = new DatabaseSync(path.join(userFolder, '.n8n', 'database.sqlite'), {
		readOnly: true,
	});
	try {
		database.exec('PRAGMA busy_timeout = 5000');
		const rows = database.prepare(EXECUTIONS).all(workflowId);
		return rows.flatMap(({ data }) => {
			const { executionData, resultData } = parseFlatted(String(data)) as StoredData;
			// The items wait on the stack of an execution until it ends. They stay there if it is cut
			// off; n8n then puts a placeholder where the trigger's output would be.
			const waiting = executionData?.nodeExecutionStack?.find(({ node }) => node.name === TRIGGER);
			const items = waiting?.data.main[0] ?? resultData?.runData?.[TRIGGER]?.[0]?.data?.main?.[0];
			return items ? [items.map(({ json }) => json as Event)] : [];
		});
	} finally {
		database.close();
	}
}

/** How often each event is in a list. */
export function counted(events: Iterable<Event>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const event of events) {
		const text = JSON.stringify(Object.entries(event).sort());
		counts.set(text, (counts.get(text) ?? 0) + 1);
	}
	return counts;
}

/** How many events one list has beyond the other: those missed, or those given again. */
export function beyond(list: Iterable<Event>, other: Iterable<Event>): number {
	const theirs = counted(other);
	let more = 0;
	for (const [text, times] of counted(list)) more += Math.max(0, times - (theirs.get(text) ?? 0));
	return more;
}

/** All that has happened, as the service sends it. */
export function happened({ service }: KeeperEventsSandbox): Event[] {
	return service.log.between(-Infinity, Infinity, '[]', Infinity).map(({ event }) => event);
}
