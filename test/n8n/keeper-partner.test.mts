import { execFileSync } from 'node:child_process';
import path from 'node:path';

import {
	startKeeperPartnerSandbox,
	type KeeperPartnerSandbox,
} from '../../sandbox/keeper-partner/server.mts';
import { packageTarballs, type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';

const NAME = 'northfield-university';
const SECRET = 'a-secret-that-must-not-be-found-5f2c';

describe.each<[N8nLine, string]>([
	['v2', '2.41.1'],
	['v1', '1.123.81'],
])('Keeper Partner in a real n8n (%s, %s)', (line, version) => {
	let keeper: KeeperPartnerSandbox;
	let n8n: StartedN8n;

	beforeAll(async () => {
		keeper = await startKeeperPartnerSandbox({ partnerName: NAME, partnerSecret: SECRET });
		n8n = await startN8n({ version: line, tarballs: packageTarballs() });
	}, 200_000);
	afterAll(async () => {
		await n8n?.stop();
		await keeper?.close();
	}, 60_000);

	const credential = async (data: Record<string, unknown> = {}) =>
		await n8n.rest.createCredential('keeperPartnerApi', {
			partnerName: NAME,
			partnerSecret: SECRET,
			region: 'custom',
			baseUrl: keeper.url,
			...data,
		});
	const tested = async (data: Record<string, unknown>) =>
		await n8n.rest.testCredential((await credential(data)).id);

	it('is the version that it says', () => expect(n8n.version).toBe(version));

	it('tests the credential without creating anything', async () => {
		expect(await tested({})).toMatchObject({ status: 'OK' });
		expect(keeper.requests().map(({ rawQuery }) => rawQuery)).toEqual([null]);
		expect(keeper.ledger()).toEqual([]);
	});

	it.each([
		['a wrong path', () => ({ baseUrl: `${keeper.url}/elsewhere` })],
		['another service', () => ({ baseUrl: n8n.url })],
		['nobody listening', () => ({ baseUrl: 'http://127.0.0.1:9' })],
		['no https', () => ({ baseUrl: 'http://keeper.example' })],
	])('finds with the credential test: %s', async (_, data) => {
		expect(await tested(data())).toMatchObject({ status: 'Error' });
	});

	it('provisions, branches off what is bad, and leaves no secret in database or log', async () => {
		const { id, name } = await credential();
		const workflow = await n8n.rest.createWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'People',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: {
						jsCode: `return ${JSON.stringify([
							{ mail: 'li+1@students.northfield.example', given: '李 & #1', family: '' },
							{ mail: 'not an address', given: 'Nobody', family: 'Here' },
							{ mail: 'zoe@students.northfield.example', given: 'Zoë', family: '100%' },
						])}.map((json) => ({ json }));`,
					},
				},
				{
					name: 'Keeper Partner',
					type: 'n8n-nodes-keeper-security.keeperPartner',
					parameters: {
						operation: 'provisionStudentPlan',
						email: '={{ $json.mail }}',
						firstName: '={{ $json.given }}',
						lastName: '={{ $json.family.toUpperCase() }}',
					},
					credentials: { keeperPartnerApi: { id, name } },
					onError: 'continueErrorOutput',
				},
			],
			connections: {
				Start: { main: [[{ node: 'People', type: 'main', index: 0 }]] },
				People: { main: [[{ node: 'Keeper Partner', type: 'main', index: 0 }]] },
			},
		});
		const execution = await n8n.rest.runWorkflow(workflow.id);
		expect(execution.status).toBe('success');
		expect(execution.json('Keeper Partner')).toEqual([
			expect.objectContaining({
				email: 'li+1@students.northfield.example',
				firstName: '李 & #1',
				outcome: 'provisioned',
			}),
			expect.objectContaining({
				email: 'zoe@students.northfield.example',
				outcome: 'provisioned',
				lastName: '100%',
			}),
		]);
		expect(execution.json('Keeper Partner')[0]).not.toHaveProperty('lastName');
		expect(execution.json('Keeper Partner', 1)).toEqual([
			expect.objectContaining({
				mail: 'not an address',
				error: expect.objectContaining({
					message: "'Email' is not an email address: 'not an address' [item 1]",
					outcome: 'failed',
					safeToRetry: true,
				}),
			}),
		]);
		expect(keeper.ledger().map(({ firstName }) => firstName)).toEqual(['李 & #1', 'Zoë']);

		const hashes = keeper
			.requests()
			.flatMap(({ rawQuery }) => new URLSearchParams(rawQuery ?? '').get('hash') ?? []);
		expect(hashes).toHaveLength(2);
		for (const secret of [SECRET, ...hashes]) {
			expect(n8n.log()).not.toContain(secret);
			expect(filesWith(secret, path.join(n8n.userFolder, '.n8n'))).toEqual([]);
		}
		// The search does find what is stored in clear.
		expect(
			filesWith('zoe@students.northfield.example', path.join(n8n.userFolder, '.n8n')),
		).not.toEqual([]);
	}, 120_000);
});

/** Files below a folder that hold a text, the database and its journal among them. */
function filesWith(text: string, folder: string): string[] {
	try {
		const found = execFileSync(
			'grep',
			['-rlaF', '--exclude-dir=node_modules', '--', text, folder],
			{ encoding: 'utf8' },
		);
		return found.trim().split('\n');
	} catch {
		return [];
	}
}
