import type { IDataObject } from 'n8n-workflow';

import { oldToken } from './situations.mts';
import { named, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
beforeEach(async () => {
	bench = await openWorkbench();
});

const start = () => ({
	rotationName: 'siem',
	expires: '30d',
	region: 'custom',
	baseUrl: bench.keeper.url,
});
const finish = (started: Record<string, unknown>) => ({
	newTokenName: started.name as string,
	newToken: started.token as string,
	oldTokenNames: '={{ $json.oldTokenNames }}',
	region: 'custom',
	baseUrl: bench.keeper.url,
});
const names = () => bench.sandbox.company.tokens.map(({ name }) => name);
const isGood = async (token: string) => {
	const now = new Date().toISOString();
	const url = `${bench.keeper.url}/api/rest/public/events?start_date=${now}&end_date=${now}&limit=1`;
	return (await fetch(url, { headers: { 'x-api-token': `Bearer ${token}` } })).ok;
};

describe('starting', () => {
	test('makes a token of least privilege beside the old ones, and tells which those are', async () => {
		const old = oldToken(bench, 'siem');
		oldToken(bench, 'siem 20260101T000000Z');
		oldToken(bench, 'siem of somebody else');
		const [started] = await bench.get('apiToken.startRotation', start());
		expect(started).toMatchObject({
			name: expect.stringMatching(/^siem \d{8}T\d{6}Z$/),
			token: expect.any(String),
			oldTokenNames: ['siem', 'siem 20260101T000000Z'],
			outcome: 'done',
		});
		expect(bench.sandbox.company.tokens.find(({ name }) => name === started.name)).toMatchObject({
			integrations: ['SIEM:1'],
			expires: expect.any(Number),
		});
		expect([await isGood(String(started.token)), await isGood(old)]).toEqual([true, true]);
	});

	test('waits until a token that was just made is good', async () => {
		const { tokens } = bench.keeper.service;
		bench.sandbox.commander.tokens.issued = ({ token }) =>
			void setTimeout(() => tokens.add(token), 1500);
		expect(await bench.get('apiToken.startRotation', start())).toMatchObject([{ outcome: 'done' }]);
	});

	test('takes a token back that is not known where it is to be used', async () => {
		oldToken(bench, 'siem');
		const elsewhere = await openWorkbench();
		const json = await bench.fail('apiToken.startRotation', {
			...start(),
			baseUrl: elsewhere.keeper.url,
		});
		expect(json).toMatchObject({
			outcome: 'notDone',
			error: 'Keeper did not accept the new token (401) [item 0]',
			description: expect.stringContaining('The new token was revoked again'),
		});
		expect(names()).toEqual(['siem']);
	});

	test('is not possible for an address without encryption', async () => {
		const json = await bench.fail('apiToken.startRotation', {
			...start(),
			baseUrl: 'http://x.org',
		});
		expect(json.error).toContain("'Base URL' must start with https://");
		expect(bench.sandbox.requests()).toEqual([]);
	});
});

describe('finishing', () => {
	test('revokes the old tokens and no other', async () => {
		const old = oldToken(bench, 'siem');
		oldToken(bench, 'other');
		const [started] = await bench.get('apiToken.startRotation', start());
		expect(
			await bench.get('apiToken.finishRotation', finish(started), { items: [{ json: started }] }),
		).toEqual([{ tokenName: started.name, revoked: ['siem'], alreadyGone: [], outcome: 'done' }]);
		expect(names().sort()).toEqual(['other', started.name]);
		expect([await isGood(String(started.token)), await isGood(old)]).toEqual([true, false]);
		expect(
			await bench.get('apiToken.finishRotation', finish(started), { items: [{ json: started }] }),
		).toMatchObject([{ revoked: [], alreadyGone: ['siem'], outcome: 'alreadySo' }]);
	});

	test('does nothing when the first rotation has nothing to replace', async () => {
		const [started] = await bench.get('apiToken.startRotation', start());
		expect(
			await bench.get('apiToken.finishRotation', finish(started), { items: [{ json: started }] }),
		).toMatchObject([{ outcome: 'alreadySo' }]);
	});

	test.each<[string, (started: IDataObject) => object, string]>([
		[
			'the new token is not accepted',
			({ token }) => ({ newToken: `${String(token)}x` }),
			'did not accept',
		],
		['the new token has another name', () => ({ newTokenName: 'nobody' }), 'no active token'],
		['the new token is among the old', ({ name }) => ({ oldTokenNames: name }), 'both the new'],
	])(
		'revokes nothing when %s',
		async (_, change, message) => {
			oldToken(bench, 'siem');
			const [started] = await bench.get('apiToken.startRotation', start());
			const json = await bench.fail(
				'apiToken.finishRotation',
				{ ...finish(started), ...change(started) },
				{ items: [{ json: started }] },
			);
			expect(json).toMatchObject({ error: expect.stringContaining(message), outcome: 'notDone' });
			expect(names()).toContain('siem');
		},
		60_000,
	);

	test('looks into the credential that is to hold the new token', async () => {
		oldToken(bench, 'siem');
		const [started] = await bench.get('apiToken.startRotation', start());
		const admin = (apiToken: string) => ({ apiToken, region: 'custom', baseUrl: bench.keeper.url });
		const items = [{ json: started }];
		expect(
			await bench.fail('apiToken.finishRotation', finish(started), { items, admin: admin('old') }),
		).toMatchObject({
			error: "The credential 'Keeper Admin API' does not hold the new token [item 0]",
		});
		expect(names()).toContain('siem');
		expect(
			await bench.get('apiToken.finishRotation', finish(started), {
				items,
				admin: admin(`Bearer ${String(started.token)}`),
			}),
		).toMatchObject([{ revoked: ['siem'] }]);
	});
});

describe('generating', () => {
	const parameters = { tokenName: 'n8n', integrations: ['SIEM:1'], expires: '30d' };

	test('never makes a second token of one name', async () => {
		oldToken(bench, 'n8n');
		expect(await bench.fail('apiToken.generate', parameters)).toMatchObject({
			error: "A token named 'n8n' already exists [item 0]",
			outcome: 'notDone',
		});
		expect(bench.changed()).toEqual([]);
	});

	test('tells of a token whose value was lost on the way', async () => {
		bench.sandbox.fault({ on: 'submit', line: 'generate', kind: 'reset-after' });
		expect(await bench.fail('apiToken.generate', parameters)).toMatchObject({
			error: "Token 'n8n' was created, but its value was lost [item 0]",
			outcome: 'unknown',
			name: 'n8n',
		});
		expect(names()).toEqual(['n8n']);
	});

	test('is for Root Administrators', async () => {
		bench.sandbox.commander.isRootAdmin = false;
		expect(await bench.fail('apiToken.generate', parameters)).toMatchObject({
			description: expect.stringContaining('Root Administrator'),
		});
	});

	test('is refused for what the tenant does not have', async () => {
		const json = await bench.fail('apiToken.generate', {
			...parameters,
			integrations: ['BILLING:1'],
		});
		expect(json).toMatchObject({
			outcome: 'notDone',
			error: expect.stringContaining('The token was not created'),
		});
	});
});

test('a token that has expired can be revoked, and one that is gone is gone', async () => {
	oldToken(bench, 'n8n');
	present(bench.sandbox.company.tokens[0]).expires = 1;
	expect(await bench.get('apiToken.revoke', { token: named('n8n') })).toMatchObject([
		{ name: 'n8n', outcome: 'done', said: 'API Key with Name n8n revoked successfully' },
	]);
});
