import { Workflow } from 'n8n-workflow';

import { KeeperCommanderApi } from '../../../credentials/KeeperCommanderApi.credentials';
import { connectionOf } from '../../../nodes/KeeperCommander/service/connection';

const type = new KeeperCommanderApi();
const apiKey = 'a-key=';

/** Evaluates an expression of the credential as n8n does for its test. */
function evaluated(expression: unknown, credential: object): unknown {
	const node = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const find = () => ({ description: { properties: [] } });
	const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	return workflow.expression.getSimpleParameterValue(node, expression as string, 'internal', {
		$credentials: credential,
	} as never);
}

test.each<[string, boolean, string]>([
	['https://commander.example.com:8900', false, 'https://commander.example.com:8900'],
	['https://commander.example.com/', false, 'https://commander.example.com'],
	['https://commander.example.com/api/v2', false, 'https://commander.example.com'],
	['https://commander.example.com/api/v1/', false, 'https://commander.example.com'],
	['https://example.com/keeper/api/v2/', false, 'https://example.com/keeper'],
	[' http://127.0.0.1:8900 ', false, 'http://127.0.0.1:8900'],
	['http://localhost:8900/api', false, 'http://localhost:8900'],
	['http://[::1]:8900', false, 'http://[::1]:8900'],
	['http://commander:8900', true, 'http://commander:8900'],
	['http://10.1.2.3:8900', true, 'http://10.1.2.3:8900'],
	['http://172.20.0.5:8900', true, 'http://172.20.0.5:8900'],
	['http://192.168.1.2', true, 'http://192.168.1.2'],
	['http://host.docker.internal:8900', true, 'http://host.docker.internal:8900'],
	['http://[fd00::1]:8900', true, 'http://[fd00::1]:8900'],
])(
	'%s is reached alike by the node and by the test (HTTP allowed: %s)',
	(baseUrl, allowHttp, url) => {
		expect(connectionOf({ baseUrl, allowHttp, apiKey })).toMatchObject({
			ok: true,
			value: { url },
		});
		expect(evaluated(type.test.request.baseURL, { baseUrl, allowHttp })).toBe(url);
	},
);

test.each<[string, boolean]>([
	['http://commander:8900', false],
	['http://10.1.2.3:8900', false],
	['http://commander.example.com', true],
	['http://8.8.8.8', true],
	['http://172.32.0.1', true],
	['http://10.example.com', true],
	['http://localhost.example.com', true],
	['http://127.0.0.1.example.com', true],
	['http://user:pw@127.0.0.1', true],
	['https://user:pw@commander.example.com', false],
	['https://commander.example.com?x=1', false],
	['ftp://commander.example.com', false],
	['commander.example.com', false],
	['', false],
])('%s gets no key (HTTP allowed: %s)', (baseUrl, allowHttp) => {
	expect(connectionOf({ baseUrl, allowHttp, apiKey })).toMatchObject({
		ok: false,
		failure: { message: expect.stringContaining("'Base URL'") },
	});
	expect(evaluated(type.test.request.baseURL, { baseUrl, allowHttp })).toBe('');
});

test.each([
	['', '', "'API Key' of the credential is empty."],
	['kéy', '', 'characters that no key has'],
	[apiKey, 'short', 'must have 32 characters; it has 5'],
])('the key %j with the encryption key %j is refused', (key, encryptionSecret, message) => {
	const credential = { baseUrl: 'http://127.0.0.1', apiKey: key, encryptionSecret };
	expect(connectionOf(credential)).toMatchObject({
		ok: false,
		failure: { message: expect.stringContaining(message) },
	});
});

test('the test asks for the queue with the key, and takes nothing else for a success', () => {
	const { request, rules } = type.test;
	expect(request.url).toBe('/api/v2/queue/status');
	expect(evaluated(request.headers?.['api-key'], { apiKey: ' a-key= ' })).toBe('a-key=');
	expect(rules?.at(-1)?.properties).toMatchObject({ key: 'worker_running', value: undefined });
});

test('no other node may use the credential', () => {
	expect(type.restrictToSupportedNodes).toBe(true);
	expect(type).not.toHaveProperty('authenticate');
});
