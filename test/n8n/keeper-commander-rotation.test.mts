// The template that rotates the SIEM token, in a real n8n, while events are polled with that token.
import { setTimeout as sleep } from 'node:timers/promises';

import { handedOver } from '../../sandbox/n8n/api/handed-over.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
} from '../../sandbox/n8n/templates/workflow-template.mts';
import { startMailbox, type Mailbox } from '../../sandbox/mailbox/server.mts';
import { commanderScene, until, type CommanderScene } from './keeper-commander-scene.mts';
import { beyond, happened, pollEvery, TRIGGER } from './keeper-events-scene.mts';
import { present } from '../present.mts';

jest.setTimeout(240_000);

const TRIGGER_TYPE = 'n8n-nodes-keeper-security.keeperAdminEventsTrigger';
const ROTATIONS = 3;

let scene: CommanderScene;
let mailbox: Mailbox;
let n8n: StartedN8n;
let apiKey: string;
let credentials: Record<string, { id: string; name: string }>;
let pollingId: string;
let rotationId: string;

beforeAll(async () => {
	scene = await commanderScene('n8n SIEM');
	mailbox = await startMailbox();
	n8n = await startN8n({ tarballs: packageTarballs() });
	({ rawApiKey: apiKey } = await n8n.rest.request<{ rawApiKey: string }>('POST', '/rest/api-keys', {
		label: 'Rotation',
		scopes: ['credential:update'],
		expiresAt: null,
	}));
	const made = async (type: string, data: Record<string, unknown>) =>
		await n8n.rest.createCredential(type, data);
	credentials = {
		keeperAdminApi: await made('keeperAdminApi', {
			apiToken: scene.tokens[0],
			region: 'custom',
			baseUrl: scene.keeper.url,
		}),
		keeperCommanderApi: await made('keeperCommanderApi', {
			baseUrl: scene.commander.url,
			apiKey: scene.commander.apiKey,
		}),
		httpHeaderAuth: await made('httpHeaderAuth', { name: 'X-N8N-API-KEY', value: apiKey }),
		smtp: await made('smtp', {
			user: '',
			password: '',
			host: '127.0.0.1',
			port: mailbox.smtpPort,
			secure: false,
			disableStartTls: true,
			hostName: '',
		}),
	};
	pollingId = (await n8n.rest.createWorkflow(polling())).id;
	rotationId = (await n8n.rest.createWorkflow(rotation())).id;
});
afterAll(async () => {
	await n8n?.discard();
	await scene?.close();
	await mailbox?.close();
});

const polling = () => ({
	nodes: [
		{
			name: TRIGGER,
			type: TRIGGER_TYPE,
			parameters: { pollTimes: pollEvery(2), startWith: 'now' } as never,
			credentials: { keeperAdminApi: credentials.keeperAdminApi },
		},
	],
	connections: {},
});

/** The template as a user fills it in; a rotation every few seconds in place of every four weeks. */
function rotation(change: Record<string, string> = {}) {
	const template = workflowTemplate(
		'rotate-siem-token',
		{
			region: 'custom',
			baseUrl: scene.keeper.url,
			n8nUrl: n8n.url,
			credentialId: present(credentials.keeperAdminApi).id,
			secondsUntilRevoked: 3,
			...change,
		},
		credentials,
	);
	nodeOf(template, 'Every Four Weeks').parameters = {
		rule: { interval: [{ field: 'seconds', secondsInterval: 12 }] },
	};
	Object.assign(nodeOf(template, 'Finish Rotation').credentials ?? {}, {
		keeperAdminApi: credentials.keeperAdminApi,
	});
	return copyOf(template);
}

const delivered = () => handedOver(n8n.userFolder, pollingId, TRIGGER).flat();
const tokenNames = () => scene.commander.company.tokens.map(({ name }) => name);
const state = () =>
	`${scene.tokens.length} tokens so far, now: ${tokenNames().join(', ')}. ${delivered().length} of ${happened(scene.keeper).length} events.\n${mailbox
		.mails()
		.map(({ text }) => text)
		.join('\n')}\n${n8n.log().slice(-3000)}`;

it('rotates the token again and again while events are polled: none is lost, none repeated', async () => {
	await n8n.rest.publish(pollingId);
	await n8n.rest.publish(rotationId);
	let busy = true;
	const happening = (async () => {
		for (; busy; await sleep(250)) scene.keeper.service.generate(Date.now() - 250, Date.now(), 15);
	})();
	await until(() => scene.tokens.length > ROTATIONS + 1 && tokenNames().length === 1, state);
	await n8n.rest.unpublish(rotationId);
	busy = false;
	await happening;
	// A rotation that had begun ends by itself.
	await until(() => tokenNames().length === 1, state);
	scene.keeper.service.generate(Date.now() - 250, Date.now(), 15);
	await until(() => delivered().length >= happened(scene.keeper).length, state);
	await sleep(5000);
	await n8n.rest.unpublish(pollingId);

	expect(scene.tokens.length).toBeGreaterThan(ROTATIONS);
	expect(beyond(happened(scene.keeper), delivered())).toBe(0);
	expect(beyond(delivered(), happened(scene.keeper))).toBe(0);
	expect(mailbox.mails()).toHaveLength(0);
	expect(tokenNames()[0]).toMatch(/^n8n SIEM \d{8}T\d{6}Z$/);
	expect([...scene.keeper.service.tokens]).toEqual([scene.tokens.at(-1)]);
});

it('leaves no token and no key in the database or in the log', async () => {
	const secrets = [...scene.tokens, scene.commander.apiKey];
	expect(storedTexts(n8n.userFolder, secrets)).toEqual([]);
	// n8n keeps its own API keys in clear in a table of its database.
	for (const secret of [...secrets, apiKey]) expect(n8n.log()).not.toContain(secret);
	expect(scene.commander.service.log.join('\n')).toContain('public-api-key revoke');
	for (const token of scene.tokens)
		expect(scene.commander.service.log.join('\n')).not.toContain(token);
	expect(await n8n.rest.executions({ workflowId: rotationId })).toEqual([]);
});

it('tells the administrator when the credential cannot be written, and revokes nothing', async () => {
	const before = tokenNames();
	const { nodes } = rotation({ credentialId: 'no-such-credential' });
	nodeOf({ nodes }, 'Put Into Credential').retryOnFail = false;
	await n8n.rest.updateWorkflow(rotationId, { nodes });
	await n8n.rest.publish(rotationId);
	await until(() => mailbox.mails().length > 0, state);
	await n8n.rest.unpublish(rotationId);
	const [mail] = mailbox.mails();
	expect(mail).toMatchObject({ subject: 'Keeper: the rotation of the SIEM token failed' });
	expect(mail?.text).toContain(
		'A new token was generated. The next rotation revokes what is left over.',
	);
	for (const token of scene.tokens) expect(mail?.text).not.toContain(token);
	expect(tokenNames()).toEqual(expect.arrayContaining(before));
	expect(storedTexts(n8n.userFolder, scene.tokens)).toEqual([]);
});
