// The credentials of both packages in n8n's own HTTP Request node: where they work, the secret goes
// to the service's hosts only, unless the user allows others.
import { startKeeperEventsSandbox } from '../../sandbox/keeper-events/server.mts';
import { startKeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { startLocalService } from '../../sandbox/n8n/local-service.mts';

jest.setTimeout(120_000);

const API_TOKEN = 'siem-token-that-must-not-be-found-5c20';

let keygen: Awaited<ReturnType<typeof startKeygenSandbox>>;
let keeper: Awaited<ReturnType<typeof startKeeperEventsSandbox>>;
let stranger: Awaited<ReturnType<typeof startLocalService>>;
let n8n: StartedN8n;

beforeAll(async () => {
	keygen = await startKeygenSandbox();
	keeper = await startKeeperEventsSandbox({ tokens: [API_TOKEN] });
	stranger = await startLocalService();
	n8n = await startN8n({ version: 'v2', tarballs: packageTarballs() });
}, 300_000);
afterAll(async () => {
	await n8n?.discard();
	await stranger?.close();
	await keeper?.close();
	await keygen?.close();
});

/** A workflow that calls a URL with a new credential. */
async function calling(url: string, type: string, data: Record<string, unknown>) {
	const credential = await n8n.rest.createCredential(type, data);
	return await n8n.rest.createWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
			{
				name: 'Call',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type },
				credentials: { [type]: credential },
			},
		],
		connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
	});
}

async function call(url: string, type: string, data: Record<string, unknown>) {
	return await n8n.rest.runWorkflow((await calling(url, type, data)).id);
}

const meUrl = () => `${keygen.url}/v1/accounts/${keygen.accountId}/me`;
const eventsUrl = () => {
	const now = Date.now();
	const [start, end] = [now - 60_000, now].map((time) => new Date(time).toISOString());
	return `${keeper.url}/api/rest/public/events?limit=1&start_date=${start}&end_date=${end}`;
};
const keygenFields = () => keygenCredential(keygen);
const keeperFields = () => ({ apiToken: API_TOKEN, region: 'custom', baseUrl: keeper.url });
const cloud = () => ({ ...keygenFields(), host: 'cloud', account: 'northfield' });
/** What a user sets to let the HTTP Request node reach a server of their own. */
const OWN_SERVER = { allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' };

it('Keygen API: a host that the user allows gets the token, and documents come as JSON', async () => {
	const execution = await call(meUrl(), 'keygenApi', { ...keygenFields(), ...OWN_SERVER });

	expect(execution.error).toBeUndefined();
	expect(execution.json('Call')).toMatchObject([{ data: { type: 'users' } }]);
});

it('Keeper Admin API: a host that the user allows gets the token', async () => {
	const execution = await call(eventsUrl(), 'keeperAdminApi', { ...keeperFields(), ...OWN_SERVER });

	expect(execution.error).toBeUndefined();
	expect(execution.json('Call')).toMatchObject([{ has_more: false }]);
});

it.each([
	['keygenApi', () => cloud(), 'api.keygen.sh'],
	['keeperAdminApi', () => ({ ...keeperFields(), region: 'EU' }), 'keepersecurity.eu'],
] as const)('%s, as created: only hosts of the service get the token', async (type, data, host) => {
	const before = stranger.received.length;
	const execution = await call(stranger.url, type, data());

	expect(execution.error?.message).toContain('Domain not allowed');
	expect(execution.error?.message).toContain(host);
	expect(stranger.received).toHaveLength(before);
});

it.each([
	['keygenApi', () => keygenFields()],
	['keeperAdminApi', () => keeperFields()],
] as const)('%s of a server of your own: no host, until the user names one', async (type, data) => {
	const before = stranger.received.length;
	const execution = await call(stranger.url, type, data());

	expect(execution.error?.message).toContain('No allowed domains specified');
	expect(stranger.received).toHaveLength(before);
});

it.each([
	['keygenApi', () => keygenFields()],
	['keeperAdminApi', () => keeperFields()],
] as const)('%s: the connection test works with the list of hosts empty', async (type, data) => {
	const { id } = await n8n.rest.createCredential(type, data());

	expect(await n8n.rest.testCredential(id)).toMatchObject({ status: 'OK' });
});

it('Keeper Partner API: n8n does not save it in an HTTP Request node', async () => {
	const data = { partnerName: 'northfield', partnerSecret: 'secret', region: 'US' };

	await expect(calling(stranger.url, 'keeperPartnerApi', data)).rejects.toThrow(/restricted to/);
});
