import type { INodeParameters } from 'n8n-workflow';

import { chosen, openWorkbench, type Workbench } from './workbench.mts';

let bench: Workbench;
let policy: string;
let product: string;
let license: string;
beforeAll(async () => {
	bench = await openWorkbench();
	product = bench.sandbox.seed({ type: 'products' })[0].id;
	policy = bench.sandbox.seed({ type: 'policies', relationships: { product } })[0].id;
	license = bench.sandbox.seed({ type: 'licenses', relationships: { policy } })[0].id;
});
beforeEach(() => bench.sent());

async function refusal(operation: string, parameters: INodeParameters): Promise<string> {
	const { error } = await bench.run(operation, parameters);
	expect(bench.sent()).toEqual([]);
	return `${error?.message} ${error?.description}`;
}

describe('a whole number that JavaScript cannot hold', () => {
	test.each<[string, INodeParameters]>([
		['in JSON', { metadataJson: '{"orderId": 9007199254740993}' }],
		['deep inside', { metadataJson: '{"a": {"orderId": [1, 9007199254740993]}}' }],
		[
			'from an item',
			{ metadata: { pairs: [{ name: 'orderId', value: '={{ 12345678901234567890 }}' }] } },
		],
	])('is refused in metadata rather than rounded: %s', async (_, additionalFields) => {
		const message = await refusal('license.create', { policy: chosen(policy), additionalFields });
		expect(message).toContain("'orderId' in 'Metadata'");
		expect(message).toContain('Put it in quotes');
	});

	test('goes out as it is in quotes, and smaller ones as numbers', async () => {
		const metadata = { big: '9007199254740993', small: 9007199254740991, half: 0.5 };
		const [created] = await bench.get('license.create', {
			policy: chosen(policy),
			additionalFields: { metadataJson: JSON.stringify(metadata) },
		});
		expect(created.metadata).toEqual(metadata);
	});
});

describe('zero', () => {
	test.each(['maxMachines', 'maxUses', 'maxUsers', 'maxProcesses', 'maxCores', 'maxDisk'])(
		'as %s of a license is refused, since the service would ignore it',
		async (name) => {
			const message = await refusal('license.update', {
				license: chosen(license),
				updateFields: { [name]: 0 },
			});
			expect(message).toContain('is 0 [item 0] Keygen would store that and then ignore it');
		},
	);

	test('goes out where it has a meaning', async () => {
		const [made] = await bench.get('policy.create', {
			product: chosen(product),
			name: 'None',
			additionalFields: { maxUses: 0 },
		});
		expect(made).toMatchObject({ maxUses: 0 });
		const [group] = await bench.get('group.create', {
			name: 'Empty',
			additionalFields: { maxUsers: 0 },
		});
		expect(group).toMatchObject({ maxUsers: 0 });
		const [token] = await bench.get('license.generateToken', {
			license: chosen(license),
			additionalFields: { maxDeactivations: 0 },
		});
		expect(token).toMatchObject({ maxDeactivations: 0 });
	});
});

test.each(['tomorrow', '2031-02-30', '2031-13-01', '31.12.2031', '2031-01-01T25:00:00Z'])(
	'%s is no date, and is not sent as one',
	async (expiry) => {
		for (const [operation, parameters] of [
			['license.create', { policy: chosen(policy), additionalFields: { expiry } }],
			['license.update', { license: chosen(license), updateFields: { expiry } }],
			[
				'license.generateToken',
				{ license: chosen(license), additionalFields: { tokenExpiry: expiry } },
			],
		] as const)
			expect(await refusal(operation, parameters)).toContain('which is not a date');
	},
);

describe('the encryption of a file', () => {
	test.each<[string, INodeParameters, string]>([
		['license.checkOut', { encrypt: true, algorithm: 'base64+ed25519' }, 'in clear'],
		['license.checkOutFile', { encryptFile: true, fileAlgorithm: 'base64+rsa-sha256' }, 'in clear'],
		['license.checkOut', { algorithm: 'aes-256-gcm+ed25519' }, "'Encrypt' is off"],
		[
			'license.checkOutFile',
			{ encryptFile: false, fileAlgorithm: 'aes-256-gcm+ed25519' },
			"'Encrypt' is off",
		],
	])(
		'of %s with %j is refused where the two contradict',
		async (operation, additionalFields, words) => {
			expect(await refusal(operation, { license: chosen(license), additionalFields })).toContain(
				words,
			);
		},
	);

	test('goes out where they agree', async () => {
		const [file] = await bench.get('license.checkOut', {
			license: chosen(license),
			additionalFields: { encrypt: true, algorithm: 'aes-256-gcm+ed25519' },
		});
		expect(file).toMatchObject({ algorithm: 'aes-256-gcm+ed25519' });
	});
});
