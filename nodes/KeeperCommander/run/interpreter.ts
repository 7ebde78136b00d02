import type { Row } from '../table/row';
import { change } from './change';
import { generateToken } from './generate-token';
import type { Operation } from './operation';
import type { Ending } from './outcome';
import { read } from './read';
import { finishRotation, startRotation } from './rotation';
import { runCommand } from './run-command';

const SPECIAL = { generateToken, startRotation, finishRotation, runCommand };

/** Runs a row's operation for one item. */
export async function runOperation(row: Row, operation: Operation): Promise<Ending> {
	if ('reads' in row) return await read(row, operation);
	if ('changes' in row) return await change(row, operation);
	return await SPECIAL[row.does](operation);
}
