import { Workflow } from 'n8n-workflow';

import { KeygenApi } from '../../../credentials/KeygenApi.credentials';
import { connect } from '../../../nodes/Keygen/service/connection';

const credentialType = new KeygenApi();

/** Evaluates an expression of the credential as n8n does for its test and for the HTTP Request node. */
function evaluated(expression: unknown, credential: object): unknown {
	const node = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const nodeTypes = {
		getByName: () => ({ description: { properties: [] } }),
		getByNameAndVersion: () => ({ description: { properties: [] } }),
		getKnownTypes: () => ({}),
	};
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

const token = { authentication: 'token', token: 'admin-x', apiVersion: '1.8' };

describe.each([
	[
		'Keygen Cloud',
		{ host: 'cloud', account: ' my company ', ...token },
		'https://api.keygen.sh/v1/accounts/my%20company',
	],
	[
		'a custom domain',
		{ host: 'customDomain', domain: 'licensing.example.com', ...token },
		'https://licensing.example.com/v1',
	],
	[
		'a custom domain with scheme and slash',
		{ host: 'customDomain', domain: 'https://licensing.example.com/', ...token },
		'https://licensing.example.com/v1',
	],
	[
		'a server of one account',
		{ host: 'selfHosted', baseUrl: 'https://keygen.example.com', selfHostedAccount: '', ...token },
		'https://keygen.example.com/v1',
	],
	[
		'a server of several accounts',
		{
			host: 'selfHosted',
			baseUrl: 'https://keygen.example.com:8443/',
			selfHostedAccount: 'one',
			...token,
		},
		'https://keygen.example.com:8443/v1/accounts/one',
	],
	[
		'a pasted API address',
		{
			host: 'selfHosted',
			baseUrl: 'https://keygen.example.com/v1/accounts/one',
			selfHostedAccount: '',
			...token,
		},
		'https://keygen.example.com/v1/accounts/one',
	],
	[
		'a server under a path',
		{
			host: 'selfHosted',
			baseUrl: 'https://example.com/keygen/v1',
			selfHostedAccount: '',
			...token,
		},
		'https://example.com/keygen/v1',
	],
	[
		'a server on this machine',
		{ host: 'selfHosted', baseUrl: 'http://127.0.0.1:4000', selfHostedAccount: '', ...token },
		'http://127.0.0.1:4000/v1',
	],
	[
		'a container without TLS, by the user’s choice',
		{
			host: 'selfHosted',
			baseUrl: 'http://keygen-web:3000',
			selfHostedAccount: '',
			allowHttp: true,
			...token,
		},
		'http://keygen-web:3000/v1',
	],
	[
		'a private address without TLS, by the user’s choice',
		{
			host: 'selfHosted',
			baseUrl: 'http://10.0.0.5:3000/v1/accounts/one',
			selfHostedAccount: '',
			allowHttp: true,
			...token,
		},
		'http://10.0.0.5:3000/v1/accounts/one',
	],
])('%s', (_, credential, url) => {
	test('is reached by the node', () => {
		expect(connect(credential)).toMatchObject({ ok: true, value: { accountUrl: url } });
	});

	test('is reached by the test of the credential', () => {
		expect(evaluated(credentialType.test.request.baseURL, credential)).toBe(url);
	});
});

test.each([
	['http', { host: 'selfHosted', baseUrl: 'http://keygen.example.com' }],
	[
		'http with a name that starts like this machine',
		{ host: 'selfHosted', baseUrl: 'http://localhost.example.com' },
	],
	['http for a custom domain', { host: 'customDomain', domain: 'http://licensing.example.com' }],
	['http in a private network', { host: 'selfHosted', baseUrl: 'http://10.0.0.5:3000' }],
	[
		'http to a public host in spite of the choice for private networks',
		{ host: 'selfHosted', baseUrl: 'http://keygen.example.com', allowHttp: true },
	],
	[
		'http for a custom domain in spite of the choice',
		{ host: 'customDomain', domain: 'http://keygen', allowHttp: true },
	],
	['nothing', { host: 'selfHosted', baseUrl: '' }],
	['no address', { host: 'selfHosted', baseUrl: 'keygen' }],
])('an address with %s gets no token', (_, credential) => {
	expect(connect({ ...token, ...credential }).ok).toBe(false);
	const url = String(evaluated(credentialType.test.request.baseURL, { ...token, ...credential }));
	expect(url.startsWith('http')).toBe(false);
});

test.each([
	['a token', { ...token }, 'Bearer admin-x'],
	[
		'a license key',
		{ authentication: 'licenseKey', licenseKey: 'K-E-Y', apiVersion: '1.7' },
		'License K-E-Y',
	],
	['a token pasted with its scheme', { ...token, token: ' Bearer admin-x\n' }, 'Bearer admin-x'],
	[
		'a license key pasted with its scheme',
		{ authentication: 'licenseKey', licenseKey: 'License K-E-Y ', apiVersion: '1.7' },
		'License K-E-Y',
	],
	[
		'an environment with blanks around it',
		{ ...token, environment: ' sandbox ' },
		'Bearer admin-x',
	],
])('%s is sent alike by the node and by other nodes', (_, given, authorization) => {
	const credential = { host: 'cloud', account: 'demo', environment: 'sandbox', ...given };
	const headers = Object.fromEntries(
		Object.entries(credentialType.authenticate.properties.headers ?? {}).map(([name, value]) => [
			evaluated(name, credential),
			evaluated(value, credential),
		]),
	);
	const connection = connect(credential);
	// The HTTP Request node reads plain JSON only; the node reads both.
	expect(headers.Accept).toBe('application/json');
	expect(connection.ok && connection.value.headers).toEqual({
		...headers,
		Accept: 'application/vnd.api+json',
	});
	expect(headers).toMatchObject({
		Authorization: authorization,
		'Keygen-Environment': 'sandbox',
		'Keygen-Version': credential.apiVersion,
	});
});

test('plain http is sent as if a proxy had taken it in as https, by the node and by other nodes', () => {
	const credential = { ...token, host: 'selfHosted', baseUrl: 'http://127.0.0.1:3000' };
	const connection = connect(credential);
	expect(connection.ok && connection.value.headers['X-Forwarded-Proto']).toBe('https');
	const headers = Object.entries(credentialType.authenticate.properties.headers ?? {});
	expect(
		headers.map(([name, value]) => [evaluated(name, credential), evaluated(value, credential)]),
	).toContainEqual(['X-Forwarded-Proto', 'https']);
	const safe = connect({ ...credential, baseUrl: 'https://keygen.example.com' });
	expect(safe.ok && safe.value.headers).not.toHaveProperty('X-Forwarded-Proto');
});

test('a choice for http says where it can be made', () => {
	const refused = connect({ ...token, host: 'selfHosted', baseUrl: 'http://keygen:3000' });
	expect(refused.ok ? '' : refused.failure.message).toContain("'Allow HTTP in a Private Network'");
});

test('an environment that is not set is not sent', () => {
	const names = Object.keys(credentialType.authenticate.properties.headers ?? {}).map((name) =>
		evaluated(name, { ...token, environment: '' }),
	);
	expect(names).not.toContain('Keygen-Environment');
});

test('the test of the credential explains every code about tokens, and takes no other answer for a success', () => {
	const rules = credentialType.test.rules as Array<{
		properties: { key: string; value: unknown; message: string };
	}>;
	const codes = rules
		.filter(({ properties }) => properties.key === 'errors[0].code')
		.map(({ properties }) => properties.value);
	for (const code of 'TOKEN_INVALID TOKEN_MISSING TOKEN_EXPIRED TOKEN_FORMAT_INVALID TOKEN_NOT_ALLOWED LICENSE_INVALID LICENSE_NOT_ALLOWED LICENSE_SUSPENDED LICENSE_EXPIRED LICENSE_BANNED USER_BANNED SSO_REQUIRED ENVIRONMENT_INVALID ENVIRONMENT_NOT_SUPPORTED INVALID_API_VERSION'.split(
		' ',
	)) {
		expect(codes).toContain(code);
	}
	expect(rules[rules.length - 1].properties).toMatchObject({ key: 'data.id', value: undefined });
});
