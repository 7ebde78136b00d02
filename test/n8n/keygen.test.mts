import { randomUUID } from 'node:crypto';
import type { INodeParameters } from 'n8n-workflow';

import { TABLE } from '../../nodes/Keygen/table/table';
import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import type { Execution } from '../../sandbox/n8n/api/executions.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { legacyActions } from './keygen-legacy-actions.mts';
import { LEGACY_OUTPUTS, MEMBER } from './keygen-legacy-outputs.mts';
import { startLocalService } from '../../sandbox/n8n/local-service.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { copyOf, workflowTemplate } from '../../sandbox/n8n/templates/workflow-template.mts';

const TYPE = 'n8n-nodes-keygen.keygen';
/** The nodes of the older package's actions. */
const TYPES = [TYPE, `${TYPE}Admin`];

let keygen: KeygenSandbox;
let n8n: StartedN8n;
let receiver: Awaited<ReturnType<typeof startLocalService>>;
let memberToken: string;

beforeAll(async () => {
	keygen = await startKeygenSandbox({ webhooks: { allowHosts: ['127.0.0.1'] } });
	receiver = await startLocalService();
	const [member] = keygen.seed({ type: 'users', attributes: MEMBER });
	memberToken = keygen.tokenFor(member);
	n8n = await startN8n({ version: 'v2', tarballs: packageTarballs() });
}, 200_000);
afterAll(async () => {
	await n8n?.discard();
	await receiver?.close();
	await keygen?.close();
}, 60_000);

const credential = async (data: Record<string, unknown> = {}, name = 'Keygen') =>
	await n8n.rest.createCredential('keygenApi', { ...keygenCredential(keygen), ...data }, name);

describe('the actions of the older package', () => {
	const nodes = workflowTemplate('keygen-legacy-actions').nodes.filter(({ type }) =>
		TYPES.includes(type),
	);
	let execution: Execution;
	/** Users, products and so on at the service, before and after. */
	let before: Record<string, number>;
	const counts = () =>
		Object.fromEntries(
			['users', 'products', 'policies', 'keys', 'licenses', 'machines', 'webhook-endpoints'].map(
				(type) => [type, keygen.world.store.all(type).length],
			),
		);

	beforeAll(async () => {
		before = counts();
		await credential({}, 'Keygen API');
		await credential({ token: memberToken }, 'Keygen API of a Member');
		const { id } = await n8n.rest.createWorkflow(
			copyOf(
				workflowTemplate('keygen-legacy-actions', {
					webhookUrl: receiver.url,
					memberEmail: MEMBER.email,
					memberPassword: MEMBER.password,
					memberNewPassword: 'second password',
				}),
			),
		);
		execution = await n8n.rest.runWorkflow(id);
	}, 90_000);

	it('are all in the workflow, each by an operation that stands for it', () => {
		expect(legacyActions()).toHaveLength(53);
		expect(nodes.filter(({ notes }) => notes)).toHaveLength(53);
		for (const { action, operations } of legacyActions()) {
			const { resource, operation } = nodes.find(({ notes }) => notes === action)?.parameters ?? {};
			const place = TABLE[String(resource)];
			expect([action, operations]).toEqual([
				action,
				expect.arrayContaining([`${place?.label}: ${place?.operations[String(operation)]?.name}`]),
			]);
		}
	});

	it('run one after the other without an error', () => {
		expect([execution.error?.message, execution.status]).toEqual([undefined, 'success']);
		expect(LEGACY_OUTPUTS.map(([name]) => name)).toEqual(nodes.map(({ name }) => name));
		for (const { name } of nodes) {
			expect([name, execution.runs[name]?.map((run) => run.executionStatus)]).toEqual([
				name,
				['success'],
			]);
		}
	});

	it.each(LEGACY_OUTPUTS)('%s gives what was asked for', (name, expected) => {
		expect(execution.json(name)[0]).toMatchObject(expected);
	});

	it('act on what the earlier ones made', () => {
		const field = (name: string, key = 'id') => execution.json(name)[0]?.[key];
		for (const [later, made] of [
			['Get Product', 'Add Product'],
			['Get User', 'Create User'],
			['Get License', 'Add License'],
			['Validate License Key', 'Add License'],
			['Delete License', 'Add License'],
			['Get Machine', 'Add Machine'],
			['Get Token', 'Get Access Token'],
			['Revoke Second License', 'Add Second License'],
		])
			expect([later, field(later)]).toEqual([later, field(made)]);
		expect(field('Regenerate Token', 'token')).not.toBe(field('Get Access Token', 'token'));
		expect(field('Add License', 'ownerId')).toBe(field('Create User'));
		const expiry = (name: string) => new Date(String(field(name, 'expiry')));
		// The policy's duration of 31556952 seconds is one year of the calendar.
		const aYearLater = expiry('Add License');
		aYearLater.setUTCFullYear(aYearLater.getUTCFullYear() + 1);
		expect(expiry('Renew License')).toEqual(aYearLater);
	});

	it('send their events, and leave nothing behind', async () => {
		await keygen.webhooksIdle();
		const events = receiver.received.map(({ body }) => JSON.parse(body).data.attributes.event);
		expect(events).toEqual(
			expect.arrayContaining([
				'license.created',
				'license.validation.succeeded',
				'user.password-reset',
			]),
		);
		expect(events.filter((event) => event === 'user.password-reset')).toHaveLength(2);
		expect(counts()).toEqual(before);
	});
});

describe('the test of the credential', () => {
	const tested = async (data: Record<string, unknown>) =>
		await n8n.rest.testCredential((await credential(data)).id);

	it('is green for a good token', async () => {
		expect(await tested({})).toMatchObject({ status: 'OK' });
	});

	it.each([
		[
			'a wrong token',
			{ token: 'admin-0123456789abcdefv3' },
			/does not know the token.*check the token/,
		],
		[
			'a wrong account',
			{ selfHostedAccount: 'nobody' },
			/does not know the account.*Check the account/,
		],
		[
			'a wrong environment',
			{ environment: 'nowhere' },
			/does not know the environment.*'Environment'/,
		],
		[
			'a wrong license key',
			{ authentication: 'licenseKey', licenseKey: 'NO-SUCH-KEY' },
			/does not know the license key/,
		],
	])('is red for %s and says so', async (_, data, words) => {
		const { status, message } = await tested(data);
		expect([status, message]).toEqual(['Error', expect.stringMatching(words)]);
	});

	it('is red for another service and says so', async () => {
		const { status, message } = await tested({ baseUrl: n8n.url });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/not as Keygen's API/)]);
	});

	it('is red where a server is too old for the API version, and green with the older version', async () => {
		const old = await startKeygenSandbox({ release: '1.4.0' });
		try {
			const at = { baseUrl: old.url, selfHostedAccount: old.accountId, token: old.adminToken };
			const { status, message } = await tested(at);
			expect([status, message]).toEqual(['Error', expect.stringMatching(/API version.*to 1\.7/)]);
			expect(await tested({ ...at, apiVersion: '1.7' })).toMatchObject({ status: 'OK' });
		} finally {
			await old.close();
		}
	});
});

describe('the editor', () => {
	it.each([TYPE, `${TYPE}Admin`, `${TYPE}Distribution`])(
		'gets a description of %s of less than 300 kB',
		async (type) => {
			const types = await n8n.rest.nodeTypes();
			const size = Buffer.byteLength(JSON.stringify(types.find(({ name }) => name === type)));
			expect(size).toBeGreaterThan(10_000);
			expect(size).toBeLessThan(300_000);
		},
	);

	it('lists and searches records to choose from', async () => {
		const [yearly, monthly] = ['Yearly', 'Monthly'].map(
			(name) => keygen.seed({ type: 'policies', attributes: { name } })[0].id,
		);
		const { id, name } = await credential();
		const listed = async (filter?: string) =>
			await n8n.rest.request<{ results: unknown[] }>(
				'POST',
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.policy',
					methodName: 'searchPolicy',
					nodeTypeAndVersion: { name: TYPE, version: 1 },
					currentNodeParameters: { resource: 'license', operation: 'create' },
					credentials: { keygenApi: { id, name } },
					...(filter && { filter }),
				},
			);
		const { results } = await listed();
		expect(results).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ name: expect.stringMatching(/^Yearly \(/), value: yearly }),
				expect.objectContaining({ name: expect.stringMatching(/^Monthly \(/), value: monthly }),
			]),
		);
		expect((await listed('month')).results).toEqual([expect.objectContaining({ value: monthly })]);
	});

	it('shows no more of a license key than its end, since the name is stored in the workflow', async () => {
		const key = 'LISTED-LICENSE-KEY-0123456789-WXYZ';
		const [license] = keygen.seed({ type: 'licenses', attributes: { key } });
		const { id, name } = await credential();
		const answer = await n8n.rest.request<{ results: unknown[] }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.license',
				methodName: 'searchLicense',
				nodeTypeAndVersion: { name: TYPE, version: 1 },
				currentNodeParameters: { resource: 'license', operation: 'get' },
				credentials: { keygenApi: { id, name } },
				filter: key,
			},
		);
		expect(answer.results).toEqual([
			expect.objectContaining({
				name: `${license.id.slice(0, 8)} (…WXYZ)`,
				value: license.id,
			}),
		]);
		expect(JSON.stringify(answer)).not.toContain('LISTED-LICENSE');
	});
});

describe('a credential whose fields are expressions', () => {
	let tenants: KeygenSandbox[];
	beforeAll(async () => {
		tenants = await Promise.all([startKeygenSandbox(), startKeygenSandbox()]);
	});
	afterAll(async () => {
		for (const tenant of tenants) await tenant.close();
	});

	it('sends each item to the account that its own values name', async () => {
		const { id, name } = await credential(
			{
				baseUrl: '={{ $json.url }}',
				selfHostedAccount: '={{ $json.account }}',
				token: '={{ $json.token }}',
			},
			'Keygen of a Tenant',
		);
		const order = [0, 1, 1, 0];
		const items = order.map((tenant) => ({
			url: tenants[tenant].url,
			account: tenants[tenant].accountId,
			token: tenants[tenant].adminToken,
		}));
		const { id: workflow } = await n8n.rest.createWorkflow({
			name: 'Tenants',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'Items',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: { jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};` },
				},
				{
					name: 'Keygen',
					type: `${TYPE}Admin`,
					parameters: { resource: 'account', operation: 'get' },
					credentials: { keygenApi: { id, name } },
				},
			],
			connections: {
				Start: { main: [[{ node: 'Items', type: 'main', index: 0 }]] },
				Items: { main: [[{ node: 'Keygen', type: 'main', index: 0 }]] },
			},
		});
		const execution = await n8n.rest.runWorkflow(workflow);
		expect([execution.status, execution.error?.message]).toEqual(['success', undefined]);
		expect(execution.json('Keygen').map((account) => account.id)).toEqual(
			order.map((tenant) => tenants[tenant].accountId),
		);
	});
});

describe('an execution that fails', () => {
	const secret = (name: string) => `${name}-0f3c9d1e77aa42b0-that-must-not-be-found`;
	/** An expression whose text does not hold the value that it gives. */
	const hidden = (value: string) =>
		`={{ '${[...value].reverse().join('')}'.split('').reverse().join('') }}`;
	const byKey = (value: string) => ({ __rl: true, mode: 'key', value: hidden(value) });

	let repeating: Awaited<ReturnType<typeof startLocalService>>;

	beforeAll(async () => {
		repeating = await startLocalService((request) => ({
			status: 422,
			body: { errors: [{ title: 'Unprocessable', detail: `no: ${JSON.stringify(request)}` }] },
		}));
	});
	afterAll(() => repeating.close());

	it.each<[string, string, () => Record<string, unknown>, INodeParameters, RegExp]>([
		[
			'a token',
			secret('admin'),
			() => ({ token: secret('admin') }),
			{ resource: 'license', operation: 'getAll' },
			/token/,
		],
		[
			'a license key of the credential',
			secret('CREDENTIAL'),
			() => ({ authentication: 'licenseKey', licenseKey: secret('CREDENTIAL') }),
			{ resource: 'profile', operation: 'get' },
			/license key/,
		],
		[
			'a license key that names a license',
			secret('NAMED'),
			() => ({}),
			{ resource: 'license', operation: 'get', license: byKey(secret('NAMED')) },
			/[Ll]icense/,
		],
		[
			'a license key that names another record',
			secret('RELATED'),
			() => ({}),
			{
				resource: 'machine',
				operation: 'create',
				license: byKey(secret('RELATED')),
				fingerprint: 'aa:bb',
			},
			/[Ll]icense/,
		],
		[
			'a password',
			secret('password'),
			() => ({}),
			{
				resource: 'token',
				operation: 'generateForPassword',
				email: MEMBER.email,
				password: hidden(secret('password')),
			},
			/[Pp]assword|email/,
		],
		[
			'a token that the service repeats',
			secret('prod'),
			() => ({ baseUrl: repeating.url, token: secret('prod') }),
			{ resource: 'license', operation: 'getAll' },
			/redacted/,
		],
		[
			'a license key that the service repeats',
			secret('REPEATED'),
			() => ({ baseUrl: repeating.url }),
			{ resource: 'license', operation: 'suspend', license: byKey(secret('REPEATED')) },
			/redacted/,
		],
	])('holds no trace of %s in database and log', async (_, value, data, parameters, words) => {
		const { id, name } = await credential(data());
		const marker = `Marker ${randomUUID()}`;
		const isAdmin = ['profile', 'token'].includes(String(parameters.resource));
		const type = isAdmin ? `${TYPE}Admin` : TYPE;
		const { id: workflow } = await n8n.rest.createWorkflow({
			name: marker,
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{ name: 'Keygen', type, parameters, credentials: { keygenApi: { id, name } } },
			],
			connections: { Start: { main: [[{ node: 'Keygen', type: 'main', index: 0 }]] } },
		});
		const execution = await n8n.rest.runWorkflow(workflow);
		expect([execution.status, execution.error?.message]).toEqual([
			'error',
			expect.stringMatching(words),
		]);
		// As it is, and as it goes out when somebody signs in by email.
		const forms = [value, btoa(`${MEMBER.email}:${value}`)];
		for (const form of forms) {
			expect(JSON.stringify(execution.runs)).not.toContain(form);
			expect(n8n.log()).not.toContain(form);
		}
		// The marker shows that what is stored in clear is found.
		expect(storedTexts(n8n.userFolder, [...forms, marker])).toEqual([marker]);
		// The service did get it.
		const received = JSON.stringify([keygen.requests.entries, repeating.received]);
		expect(forms.some((form) => received.includes(form))).toBe(true);
	});
});
