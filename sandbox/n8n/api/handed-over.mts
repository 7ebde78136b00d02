import path from 'node:path';
import type { IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';

import { parseFlatted } from './executions.mts';

/** What is used of Node 24's own SQLite, which the type definitions for Node 20 lack. */
interface Sqlite {
	DatabaseSync: new (file: string, options: { readOnly: boolean }) => Database;
}
interface Database {
	exec(sql: string): void;
	prepare(sql: string): { all(...values: string[]): Array<Record<string, unknown>> };
	close(): void;
}
const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as Sqlite;

const EXECUTIONS = `SELECT data.data AS data FROM execution_data data
	JOIN execution_entity execution ON execution.id = data.executionId
	WHERE execution.workflowId = ? ORDER BY execution.id`;
const COUNT = 'SELECT count(*) AS count FROM execution_entity WHERE workflowId = ?';

interface StoredData {
	executionData?: {
		nodeExecutionStack?: Array<{ node: { name: string }; data: { main: INodeExecutionData[][] } }>;
	};
	resultData?: { runData?: Record<string, ITaskData[]> };
}

/**
 * What a trigger handed to n8n, one list of items for each execution that n8n has stored of it,
 * whether that execution went well, failed, or was cut off by the end of the process.
 *
 * @param userFolder of an instance with SQLite; it may run
 * @param workflowId of the workflow that the trigger is in
 * @param trigger its name
 */
export function handedOver(
	userFolder: string,
	workflowId: string,
	trigger: string,
): IDataObject[][] {
	return selected(userFolder, EXECUTIONS, workflowId).flatMap(({ data }) => {
		const items = itemsOf(String(data), trigger);
		return items ? [items] : [];
	});
}

/**
 * The items that a trigger handed to one execution.
 *
 * @param data of the execution, as n8n's database has it
 */
export function itemsOf(data: string, trigger: string): IDataObject[] | undefined {
	const { executionData, resultData } = parseFlatted(data) as StoredData;
	// The items wait on the stack of an execution until it ends. They stay there if it is cut
	// off; n8n then puts a placeholder where the trigger's output would be.
	const waiting = executionData?.nodeExecutionStack?.find(({ node }) => node.name === trigger);
	const items = waiting?.data.main[0] ?? resultData?.runData?.[trigger]?.[0]?.data?.main?.[0];
	return items?.map(({ json }) => json);
}

/** How many executions n8n has stored of a workflow; far cheaper than reading them. */
export function storedCount(userFolder: string, workflowId: string): number {
	return Number(selected(userFolder, COUNT, workflowId)[0].count);
}

function selected(
	userFolder: string,
	sql: string,
	workflowId: string,
): Array<Record<string, unknown>> {
	const file = path.join(userFolder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		database.exec('PRAGMA busy_timeout = 10000');
		return database.prepare(sql).all(workflowId);
	} finally {
		database.close();
	}
}
