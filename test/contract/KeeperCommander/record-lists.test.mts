import { Readable } from 'node:stream';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { KeeperCommander } from '../../../nodes/KeeperCommander/KeeperCommander.node';
import { oldToken } from './situations.mts';
import { openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});

interface Sent {
	url: string;
	method: string;
	headers: Record<string, string>;
	body?: Buffer;
}

/** What the editor hands to a list: n8n's own request helper is not needed for plain requests. */
function editor(credential: Record<string, unknown> = {}): ILoadOptionsFunctions {
	const { url: baseUrl, apiKey } = bench.sandbox;
	return {
		getCredentials: async () => ({ baseUrl, apiKey, ...credential }),
		getNode: () => ({ name: 'Keeper Commander', type: 'keeperCommander', parameters: {} }),
		helpers: {
			httpRequest: async ({ url, method, headers, body }: Sent) => {
				const response = await fetch(url, { method, headers, body });
				return {
					statusCode: response.status,
					headers: Object.fromEntries(response.headers),
					body: Readable.from([Buffer.from(await response.arrayBuffer())]),
				};
			},
		},
	} as unknown as ILoadOptionsFunctions;
}

const { listSearch } = new KeeperCommander().methods;

test('lists show names, and hold what a command needs', async () => {
	expect(await listSearch.teams.call(editor(), 'PLAT')).toEqual({
		results: [{ name: 'Platform', value: '-mB1qRaA4zK6dYw2oS9tLx' }],
	});
	const roles = (await listSearch.roles.call(editor())).results;
	expect(roles.map(({ name }) => name)).toEqual(['Auditor', 'Employee', 'Keeper Administrator']);
	expect((await listSearch.nodes.call(editor(), 'sales')).results).toHaveLength(1);
	oldToken(bench, 'siem');
	expect((await listSearch.tokens.call(editor())).results).toEqual([
		{ name: 'siem', value: 'siem' },
	]);
});

test('a list that cannot be read says why, in the words of the node', async () => {
	await expect(listSearch.teams.call(editor({ apiKey: 'x' }))).rejects.toThrow(
		'Service Mode does not know the API key',
	);
	await expect(listSearch.teams.call(editor({ baseUrl: '' }))).rejects.toThrow(
		"'Base URL' is empty",
	);
});
