import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { HttpDoor } from '../../shared/http/http';
import { nodeError } from '../../shared/node-error';
import { redact } from '../../shared/redaction';
import { commandOf } from '../command-line/template';
import { Commander } from '../service/commander';
import { connectionOf } from '../service/connection';
import { rowsOf } from '../service/rows';
import { LISTS, type List, type ListName } from '../table/lists';

const LIMITS = { timeoutMs: 60_000, maxBytes: 50_000_000 };
/** Users of the editor will not wait as long as a workflow. */
const WAIT_MS = 30_000;

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** Users are entered by email address, so they need no list. */
const CHOOSABLE = ['nodes', 'roles', 'teams', 'tokens'] as const satisfies ListName[];
type Choosable = (typeof CHOOSABLE)[number];

/** The search methods of the panel's lists. */
export const listSearch: Readonly<Record<Choosable, Search>> = Object.fromEntries(
	CHOOSABLE.map((name) => [
		name,
		async function (this: ILoadOptionsFunctions, filter?: string) {
			return await search(this, LISTS[name], filter ?? '');
		},
	]),
) as Record<Choosable, Search>;

/** @throws NodeOperationError in the words of the node itself */
async function search(
	context: ILoadOptionsFunctions,
	{ line, id, name }: List,
	filter: string,
): Promise<INodeListSearchResult> {
	const node = context.getNode();
	const connection = connectionOf(await context.getCredentials('keeperCommanderApi'));
	if (!connection.ok) throw nodeError(node, connection.failure);
	const door = new HttpDoor(context.helpers.httpRequest, LIMITS);
	const commander = new Commander(connection.value, door, [commandOf(line)]);
	const rows = await rowsOf(line, { commander, values: {}, timeoutMs: WAIT_MS });
	if (!rows.ok) {
		const { secrets } = connection.value;
		const { message, description } = rows.failure;
		throw nodeError(node, {
			message: redact(message, secrets),
			description: redact(description, secrets),
		});
	}
	return {
		results: rows.value
			.map((row) => ({ name: String(row[name]), value: String(row[id]) }))
			.filter((choice) => choice.name.toLowerCase().includes(filter.toLowerCase()))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}
