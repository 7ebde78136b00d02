import type { INodeParameters } from 'n8n-workflow';

import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
beforeAll(async () => {
	bench = await openWorkbench();
});
beforeEach(() => bench.sent());

async function codeOf(license: string, scope: Record<string, unknown>): Promise<unknown> {
	const [{ code }] = await bench.get('license.validate', {
		license: chosen(license),
		additionalFields: scope as INodeParameters,
	});
	expect(bench.sent()).toHaveLength(1);
	return code;
}

describe('a scope that names a record by an alias is compared by the service itself', () => {
	test('a machine by fingerprint is the one of this license, not the oldest of the account', async () => {
		const [theirs, ours] = [bench.one('licenses'), bench.one('licenses')];
		bench.one('machines', { fingerprint: 'shared' }, { license: theirs });
		bench.one('machines', { fingerprint: 'shared' }, { license: ours });
		expect(await codeOf(ours, { scopeMachine: chosen('shared', 'fingerprint') })).toBe('VALID');
		expect(await codeOf(ours, { scopeMachine: chosen('unknown', 'fingerprint') })).toBe(
			'FINGERPRINT_SCOPE_MISMATCH',
		);
	});

	test('a user by email', async () => {
		const user = bench.one('users', { email: 'scoped@example.com' });
		const license = bench.one('licenses', {}, { owner: user });
		expect(await codeOf(license, { scopeUser: chosen('scoped@example.com', 'email') })).toBe(
			'VALID',
		);
		expect(await codeOf(license, { scopeUser: chosen('nobody@example.com', 'email') })).toBe(
			'USER_SCOPE_MISMATCH',
		);
	});

	test('an environment by code', async () => {
		const license = bench.one('licenses');
		expect(await codeOf(license, { scopeEnvironment: chosen('elsewhere', 'code') })).toBe(
			'ENVIRONMENT_SCOPE_MISMATCH',
		);
	});

	test('a list that comes to nothing is not a validation without it', async () => {
		expect(await codeOf(bench.one('licenses'), { scopeEntitlements: '={{ [] }}' })).toBe(
			'ENTITLEMENTS_SCOPE_EMPTY',
		);
	});
});

test('two fingerprints at once are refused by name', async () => {
	const { error } = await bench.run('license.validate', {
		license: chosen(bench.one('licenses')),
		additionalFields: { scopeMachine: chosen('one', 'fingerprint'), scopeFingerprint: 'other' },
	});
	expect(error?.message).toContain("'Machine' and 'Fingerprint' name two fingerprints");
	expect(bench.sent()).toEqual([]);
});
