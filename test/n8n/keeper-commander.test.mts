import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { packageTarballs, type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { copyOf, workflowTemplate } from '../../sandbox/n8n/templates/workflow-template.mts';
import { startMailbox, type Mailbox } from '../../sandbox/mailbox/server.mts';
import { commanderScene, type CommanderScene } from './keeper-commander-scene.mts';
import { present } from '../present.mts';

jest.setTimeout(120_000);

const NODE = 'n8n-nodes-keeper-security.keeperCommander';

describe.each<N8nLine>(['v2', 'v1'])('Keeper Commander in a real n8n (%s)', (line) => {
	let scene: CommanderScene;
	let n8n: StartedN8n;
	let mailbox: Mailbox;

	beforeAll(async () => {
		scene = await commanderScene('n8n SIEM');
		mailbox = await startMailbox();
		n8n = await startN8n({ version: line, tarballs: packageTarballs() });
	}, 200_000);
	afterAll(async () => {
		await n8n?.discard();
		await scene?.close();
		await mailbox?.close();
	}, 60_000);
	afterEach(() => mailbox.clear());

	const credential = async (change: Record<string, unknown> = {}) =>
		await n8n.rest.createCredential('keeperCommanderApi', {
			baseUrl: scene.commander.url,
			apiKey: scene.commander.apiKey,
			...change,
		});
	const userOf = (email: string) =>
		scene.commander.company.users.find((user) => user.email === email);

	describe('the credential test', () => {
		it('is green, and runs no command', async () => {
			const before = scene.commander.ran().length;
			expect(await n8n.rest.testCredential((await credential()).id)).toMatchObject({
				status: 'OK',
			});
			expect(scene.commander.ran()).toHaveLength(before);
		});

		it.each<[string, () => Record<string, unknown>, string]>([
			['an unknown key', () => ({ apiKey: 'x' }), 'does not know the API key'],
			['another service', () => ({ baseUrl: n8n.url }), 'not as Service Mode'],
			[
				'another path',
				() => ({ baseUrl: `${scene.commander.url}/elsewhere` }),
				'not as Service Mode',
			],
		])('is red for %s, and says so', async (_, change, words) => {
			expect(await n8n.rest.testCredential((await credential(change())).id)).toMatchObject({
				status: 'Error',
				message: expect.stringContaining(words),
			});
		});

		it('is red for an address that would show the key', async () => {
			const { id } = await credential({ baseUrl: 'http://commander.example' });
			expect(await n8n.rest.testCredential(id)).toMatchObject({ status: 'Error' });
		});
	});

	it('locks a user, and says that it is so the second time', async () => {
		const { id } = await n8n.rest.createWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'Lock',
					type: NODE,
					parameters: { resource: 'user', operation: 'lock', email: 'cleo@northfield.example' },
					credentials: { keeperCommanderApi: await credential() },
				},
			],
			connections: { Start: { main: [[{ node: 'Lock', type: 'main', index: 0 }]] } },
		});
		const outcomes = [];
		for (let run = 0; run < 2; run++)
			outcomes.push((await n8n.rest.runWorkflow(id)).json('Lock')[0]?.outcome);
		expect(outcomes).toEqual(['done', 'alreadySo']);
		expect(userOf('cleo@northfield.example')).toMatchObject({ lock: 'admin' });
		expect(storedTexts(n8n.userFolder, [scene.commander.apiKey])).toEqual([]);
	});

	const filledIn = async (name: string, settings: Record<string, string> = {}) =>
		copyOf(
			workflowTemplate(name, settings, {
				keeperCommanderApi: await credential(),
				httpHeaderAuth: await n8n.rest.createCredential('httpHeaderAuth', {
					name: 'Authorization',
					value: 'Bearer hr',
				}),
				smtp: await n8n.rest.createCredential('smtp', {
					user: '',
					password: '',
					host: '127.0.0.1',
					port: mailbox.smtpPort,
					secure: false,
					disableStartTls: true,
					hostName: '',
				}),
			}),
		);
	const mails = () => mailbox.mails().map(({ subject, text }) => ({ subject, text }));

	describe('the template that offboards a leaver', () => {
		beforeAll(async () => {
			const { id } = await n8n.rest.createWorkflow(await filledIn('offboard-leaver'));
			await n8n.rest.publish(id);
		});
		const leave = async (email: string) => {
			const response = await fetch(`${n8n.url}/webhook/offboard-leaver`, {
				method: 'POST',
				headers: { authorization: 'Bearer hr', 'content-type': 'application/json' },
				body: JSON.stringify({ email, transferTo: 'ada@northfield.example' }),
			});
			return response.status;
		};

		it('locks the leaver, transfers the vault and reports', async () => {
			expect(await leave('ben@northfield.example')).toBe(200);
			expect(userOf('ben@northfield.example')).toBeUndefined();
			expect(mails()).toMatchObject([{ subject: 'Keeper: ben@northfield.example has left' }]);
		});

		it('leaves a leaver locked who has not accepted transfer, and says what is left', async () => {
			expect(await leave('finn@northfield.example')).toBe(500);
			expect(userOf('finn@northfield.example')).toMatchObject({ lock: 'admin' });
			const [mail] = mails();
			expect(mail).toMatchObject({ subject: expect.stringContaining('is not offboarded yet') });
			expect(mail?.text).toContain('must have accepted account transfer');
			expect(mail?.text).toContain('the vault still has to be transferred');
		});
	});

	describe('the template that onboards new hires', () => {
		const LIST = `email,name,job_title,node,team,role
zoe@northfield.example,Zoe O'Neil,Clerk,Sales,Field Sales,Auditor
yan@northfield.example,"Yan, the ""Second""",,,,Auditor
bad address,Nobody,,,Field Sales,
xia@northfield.example,Xia,,,No Such Team,Employee
`;

		it('invites, adds to teams and roles, and reports what is left; again, it does nothing', async () => {
			const hiresFile = path.join(n8n.userFolder, 'files', 'hires.csv');
			writeFileSync(hiresFile, LIST);
			const { id } = await n8n.rest.createWorkflow(
				await filledIn('onboard-new-hires', { hiresFile }),
			);
			const first = await n8n.rest.runWorkflow(id, { timeoutMs: 90_000 });
			expect(first.status).toBe('error');
			const { roles, teams } = scene.commander.company;
			const auditor = present(roles.find(({ name }) => name === 'Auditor')).id;
			expect(userOf('zoe@northfield.example')).toMatchObject({
				name: "Zoe O'Neil",
				jobTitle: 'Clerk',
				queuedTeamUids: [present(teams[0]).uid],
				roleIds: expect.arrayContaining([auditor]),
			});
			expect(userOf('yan@northfield.example')).toMatchObject({ name: 'Yan, the "Second"' });
			const [mail] = mails();
			expect(mail?.text).toContain("'Email' is not an email address");
			expect(mail?.text).toContain("Team 'No Such Team' was not found");
			expect(mail?.subject).toBe('Keeper: 2 steps of the onboarding are left to do');

			const before = structuredClone(scene.commander.company);
			await n8n.rest.runWorkflow(id, { timeoutMs: 90_000 });
			expect(scene.commander.company).toEqual(before);
		});
	});
});
