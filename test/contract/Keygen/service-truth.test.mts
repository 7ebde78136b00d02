import type { INodeParameters } from 'n8n-workflow';

import { TABLE } from '../../../nodes/Keygen/table/table';
import { singleplayerCe } from '../../../sandbox/keygen/state/options.mts';
import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});
beforeEach(() => bench.sent());

test('a ping succeeds', async () => {
	expect(await bench.get('account.ping')).toEqual([{ success: true }]);
});

describe('many items at once for one record', () => {
	test.each(['machine.activate', 'user.createOrGet'])(
		'%s finds the record also where the service answers 409 without storing anything',
		async (operation) => {
			const license = bench.one('licenses', { maxMachines: 1 });
			bench.sandbox.fault({ kind: '409', method: 'POST', times: 2 });
			const parameters: INodeParameters =
				operation === 'machine.activate'
					? { license: chosen(license), fingerprint: 'race' }
					: { email: 'race@example.com' };
			const records = await bench.get(operation, parameters, {
				items: Array.from({ length: 5 }, () => ({ json: {} })),
			});
			bench.sandbox.clearFaults();
			expect(new Set(records.map(({ id }) => id)).size).toBe(1);
			expect(records.filter(({ isNew }) => isNew)).toHaveLength(1);
		},
	);
});

describe('a token', () => {
	test.each(['product', 'license', 'user'])('is made for a %s as its bearer', async (bearer) => {
		const id = bench.one(`${bearer}s`);
		const name = `bearer${bearer[0].toUpperCase()}${bearer.slice(1)}`;
		const [made] = await bench.get('token.generate', { bearerType: bearer, [name]: chosen(id) });
		expect(made).toMatchObject({ bearerType: `${bearer}s`, bearerId: id });
		expect(made.token).toEqual(expect.any(String));
	});

	test.each(['product', 'license', 'user', 'environment'])(
		'for a %s that was not named is refused, and not made for somebody else',
		async (bearer) => {
			const name = `bearer${bearer[0].toUpperCase()}${bearer.slice(1)}`;
			const { error } = await bench.run('token.generate', {
				bearerType: bearer,
				[name]: chosen('={{ $json.missing }}'),
			});
			expect(error?.message).toMatch(/ is empty/);
			expect(bench.sent()).toEqual([]);
		},
	);

	test('is made for whom the credential stands for, unless something else is said', async () => {
		const [made] = await bench.get('token.generate');
		expect(made).toMatchObject({ bearerId: bench.sandbox.adminId });
	});
});

describe('the account', () => {
	test('is deleted only where its slug or ID was typed', async () => {
		const own = await openWorkbench();
		for (const confirmation of ['={{ "" }}', 'delete', '*', own.sandbox.adminId]) {
			const { error } = await own.run('account.delete', { confirmation });
			expect(error?.message).toMatch(/'Confirmation' is/);
		}
		expect(own.sent().filter((request) => request.startsWith('DELETE'))).toEqual([]);
		expect(await own.get('account.get')).toHaveLength(1);
		await own.get('account.delete', { confirmation: own.sandbox.accountId });
		expect(own.sent().filter((request) => request.startsWith('DELETE'))).toHaveLength(1);
	});

	test.each(['subscription.pause', 'subscription.cancel'])('%s asks for it too', async (name) => {
		const { error } = await bench.run(name, { confirmation: 'yes' });
		expect(error?.message).toBe("'Confirmation' is not the account's slug or ID [item 0]");
	});
});

describe('a server of the Community Edition', () => {
	let ce: Workbench;
	beforeAll(async () => {
		ce = await openWorkbench(singleplayerCe);
	});

	test.each(['environment.getAll', 'eventLog.getAll', 'requestLog.getAll', 'subscription.getPlan'])(
		'that has no route for %s is not said to lack the record',
		async (operation) => {
			const { error } = await ce.run(operation, {});
			expect(error?.message).toBe('This Keygen server does not offer the operation [item 0]');
			expect(error?.description).toMatch(/needs Keygen (EE or Keygen )?Cloud/);
		},
	);

	test('has settings, which lie below its account', async () => {
		expect(await ce.get('setting.getAll', { returnAll: true })).toEqual([]);
	});
});

test('items whose credential resolves to different accounts go to these accounts', async () => {
	const other = await openWorkbench();
	const items = [{ json: { n: 0 } }, { json: { n: 1 } }];
	const accounts = await bench.get(
		'account.get',
		{},
		{
			items,
			credentialOf: (itemIndex: number) =>
				itemIndex === 0
					? {}
					: {
							baseUrl: other.sandbox.url,
							selfHostedAccount: other.sandbox.accountId,
							token: other.sandbox.adminToken,
						},
		},
	);
	expect(accounts.map(({ id }) => id)).toEqual([bench.sandbox.accountId, other.sandbox.accountId]);
});

describe('what was not found is named', () => {
	test('for a user whose email begins with account', async () => {
		const { error } = await bench.run('user.get', { user: chosen('account@example.com', 'email') });
		expect(error?.message).toBe("User 'account@example.com' was not found [item 0]");
	});

	test('for an account that does not exist', async () => {
		const { error } = await bench.run(
			'license.getAll',
			{},
			{ credential: { selfHostedAccount: 'nobody' } },
		);
		expect(error?.message).toContain('does not know the account of the credential');
	});
});

describe('an alias below another record, where the service takes none', () => {
	test('is looked up first', async () => {
		const product = bench.one('products', { code: 'app-one' });
		const policy = bench.one('policies', {}, { product });
		const user = bench.one('users', { email: 'below.dot@example.com' });
		const license = bench.one('licenses', {}, { policy, owner: user });
		const entitlement = bench.one('entitlements', { code: 'EXPORT' });
		bench.one('license-entitlements', {}, { license, entitlement });
		const group = bench.one('groups');
		const member = bench.one('users', { email: 'member.dot@example.com' }, { group });
		for (const [operation, parameters, id] of [
			[
				'license.getEntitlement',
				{ license: chosen(license), entitlement: chosen('EXPORT', 'code') },
				entitlement,
			],
			[
				'product.getUser',
				{ product: chosen(product), user: chosen('below.dot@example.com', 'email') },
				user,
			],
			[
				'group.getUser',
				{ group: chosen(group), user: chosen('member.dot@example.com', 'email') },
				member,
			],
			['user.getProduct', { user: chosen(user), product: chosen('app-one', 'code') }, product],
		] as const) {
			expect([operation, (await bench.get(operation, parameters))[0]?.id]).toEqual([operation, id]);
			expect(bench.sent().pop()).toContain(id);
		}
	});
});

test('a wrong old password is not blamed on the credential', async () => {
	const { error } = await bench.run('password.update', {
		user: chosen(bench.sandbox.adminId),
		oldPassword: 'not the password',
		newPassword: 'another horse battery',
	});
	expect(error?.message).toContain("'Old Password'");
	expect(`${error?.message} ${error?.description}`).not.toMatch(/credential|token/i);
	expect(error?.description).toContain('Check what was entered');
});

test('a field that only other editions know says so', async () => {
	const ce = await openWorkbench(singleplayerCe);
	const { error } = await ce.run('user.create', {
		email: 'permitted@example.com',
		additionalFields: { permissions: 'license.read' },
	});
	expect(error?.message).toBe("'Permissions' is not accepted here [item 0]");
	expect(error?.description).toContain('Keygen EE or Keygen Cloud');
});

test("a license key cannot fetch the account's public keys, and is told to paste one", async () => {
	const policy = bench.one('policies', { authenticationStrategy: 'MIXED' });
	bench.one('licenses', { key: 'A-KEY-TO-SIGN-IN-WITH' }, { policy });
	const { error } = await bench.run(
		'license.verifyKey',
		{ signedLicenseKey: 'key/e30=.c2lnbmF0dXJl' },
		{ credential: { authentication: 'licenseKey', licenseKey: 'A-KEY-TO-SIGN-IN-WITH' } },
	);
	expect(error?.message).toBe("The credential may not read the account's public keys [item 0]");
	expect(error?.description).toContain("'Pasted Key'");
});

test('every choice that is added starts at what the service would take by itself', async () => {
	const [made] = await bench.get('policy.create', {
		product: chosen(bench.one('products')),
		name: 'Bare',
	});
	const { fields, operations } = TABLE.policy;
	const choices = (operations.create.optional ?? []).filter(
		(name) => fields[name].type === 'options' && made[name] !== null && name in made,
	);
	expect(choices.length).toBeGreaterThan(12);
	expect(Object.fromEntries(choices.map((name) => [name, fields[name].default]))).toEqual(
		Object.fromEntries(choices.map((name) => [name, made[name]])),
	);
});
