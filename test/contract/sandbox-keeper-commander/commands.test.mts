import { present } from '../../present.mts';
import { openClient, type Client } from './client.mts';

let client: Client;
beforeEach(async () => {
	client = await openClient();
});

const emails = async (line: string): Promise<string[]> =>
	(await client.run(line)).body.data.map(({ email }) => String(email));

test('what changed elsewhere is seen after a reload only', async () => {
	client.sandbox.company.users.push({
		...present(client.sandbox.company.users[1]),
		id: 9,
		email: 'new@northfield.example',
	});
	expect(await emails('enterprise-info --format=json --users new@')).toEqual([]);
	await client.run('enterprise-down -f');
	expect(await emails('enterprise-info --format=json --users new@')).toEqual([
		'new@northfield.example',
	]);
});

test('lists show the columns that were asked for, without what is empty', async () => {
	const { body } = await client.run(
		'enterprise-info --format=json --users --columns=job_title,teams ben@',
	);
	expect(body).toEqual({
		status: 'success',
		command: 'enterprise-info',
		data: [
			{
				user_id: expect.any(Number),
				email: 'ben@northfield.example',
				job_title: 'Sales Lead',
				teams: ['Field Sales'],
			},
		],
	});
	const [cleo] = (
		await client.run('enterprise-info --format=json --users --columns=job_title cleo@')
	).body.data;
	expect(cleo).not.toHaveProperty('job_title');
	expect(await client.run('enterprise-info --format=json')).toMatchObject({
		code: 400,
		body: { error: 'Invalid JSON response' },
	});
});

describe('success is said although nothing was done', () => {
	test.each([
		['an unknown role', 'enterprise-user -f --add-role=Nope ben@northfield.example'],
		['a role that is held', 'enterprise-user -f --add-role=Employee ben@northfield.example'],
		['locking somebody who is invited', 'enterprise-user --lock eve@northfield.example'],
		['inviting somebody who is active', 'enterprise-user --add ben@northfield.example'],
	])('for %s', async (_, line) => {
		const before = structuredClone(client.sandbox.company);
		const { code, body } = await client.run(line);
		expect([code, body.message[0]]).toEqual([200, expect.stringMatching(/^User ID: \d+$/)]);
		expect(client.sandbox.company).toEqual(before);
	});
});

test('a success is reported as 400 or 207 where a name holds a word of errors', async () => {
	expect(await client.run('enterprise-user --lock ann.reserved@northfield.example')).toMatchObject({
		code: 400,
		body: { message: 'ann.reserved@northfield.example is locked' },
	});
	expect(
		(await client.run('enterprise-user -f --add-role=Auditor ann.reserved@northfield.example'))
			.code,
	).toBe(207);
	const [ann] = client.sandbox.company.users.filter(({ name }) => name === 'Ann Archer');
	expect(ann).toMatchObject({ lock: 'admin' });
});

test('roles that come with an invitation are ignored', async () => {
	await client.run('enterprise-user --add --add-role=Auditor zoe@northfield.example');
	const [zoe] = (
		await client.run('enterprise-info --format=json --users --columns=roles,status zoe@')
	).body.data;
	expect(zoe).toMatchObject({ status: 'Invited', roles: ['Employee'] });
});

test.each([
	'enterprise-user --delete ben@northfield.example',
	"enterprise-team --delete 'Field Sales'",
	'transfer-user --target-user=ada@northfield.example ben@northfield.example',
	'public-api-key revoke x',
	"enterprise-user --add-role='Keeper Administrator' ben@northfield.example",
])('%s asks, and fails as nobody answers', async (line) => {
	const before = structuredClone(client.sandbox.company);
	expect(await client.run(line)).toMatchObject({
		code: 500,
		body: { error: 'Unexpected error: EOF when reading a line' },
	});
	expect(client.sandbox.company).toEqual(before);
});

test('one line can change everybody', async () => {
	await client.run("enterprise-user --unlock '@all'");
	expect(client.sandbox.company.users.some(({ lock }) => lock !== 'none')).toBe(false);
});

test('tokens are made, listed without their value, and revoked by name', async () => {
	const made = await client.run(
		'public-api-key generate --format=json --name=t --integrations=SIEM:1 --expires=30d',
	);
	expect(made.body).toMatchObject({
		command: 'public-api-key generate',
		data: { name: 't', token: expect.any(String) },
	});
	const { body } = await client.run('public-api-key list --format=json');
	expect(body.data).toEqual([
		expect.objectContaining({ name: 't', status: 'Active', integration: 'SIEM:1' }),
	]);
	expect(JSON.stringify(body)).not.toContain(made.body.data.token);
	client.sandbox.clock.advance(31 * 86_400_000);
	expect((await client.run('public-api-key list --format=json')).body.data[0].status).toBe(
		'Expired',
	);
	expect((await client.run('public-api-key revoke -f t')).body.message).toBe(
		'API Key with Name t revoked successfully',
	);
	expect((await client.run('public-api-key revoke -f t')).code).toBe(500);
});

test('only Root Administrators manage tokens, and no reason is given', async () => {
	client.sandbox.commander.isRootAdmin = false;
	expect(await client.run('public-api-key generate --name=t --integrations=SIEM:1')).toMatchObject({
		code: 500,
	});
	expect(await client.run('public-api-key list --format=json')).toMatchObject({
		code: 400,
		body: { error: 'Invalid JSON response' },
	});
});

test('an account is transferred only with its consent', async () => {
	const line = (email: string) => `transfer-user -f --target-user=ada@northfield.example ${email}`;
	expect((await client.run(line('finn@northfield.example'))).code).toBe(400);
	expect((await client.run(line('ben@northfield.example'))).body.message[0]).toBe(
		'ben@northfield.example: account is transferred',
	);
	expect(client.sandbox.company.users.map(({ email }) => email)).not.toContain(
		'ben@northfield.example',
	);
});
