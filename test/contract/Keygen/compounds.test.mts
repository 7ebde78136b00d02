import { chosen, openWorkbench, type Workbench } from './workbench.mts';
import { present } from '../../present.mts';

let bench: Workbench;
let license: string;
let release: string;

beforeAll(async () => {
	bench = await openWorkbench();
	const [policy] = bench.sandbox.seed({
		type: 'policies',
		attributes: { floating: true, maxMachines: 2, strict: true },
	});
	license = bench.sandbox.seed({ type: 'licenses', relationships: { policy: policy.id } })[0].id;
	release = bench.sandbox.seed({ type: 'releases', attributes: { status: 'PUBLISHED' } })[0].id;
});

describe('activating a machine', () => {
	test('again on the same license gives the machine that is there', async () => {
		const parameters = { license: chosen(license), fingerprint: 'aa:bb' };
		const [first] = await bench.get('machine.activate', parameters);
		const [second] = await bench.get('machine.activate', parameters);
		expect([first.isNew, second.isNew]).toEqual([true, false]);
		expect(second.id).toBe(first.id);
	});

	test('that is active on another license is not done where the policy forbids it', async () => {
		const [policy] = bench.sandbox.seed({
			type: 'policies',
			attributes: {
				floating: true,
				maxMachines: 9,
				machineUniquenessStrategy: 'UNIQUE_PER_POLICY',
			},
		});
		const [one, other] = bench.sandbox.seed({
			type: 'licenses',
			count: 2,
			relationships: { policy: policy.id },
		});
		await bench.get('machine.activate', { license: chosen(one.id), fingerprint: 'cc:dd' });
		const { error } = await bench.run('machine.activate', {
			license: chosen(other.id),
			fingerprint: 'cc:dd',
		});
		expect(error?.message).toBe('The fingerprint is taken already [item 0]');
		expect(error?.description).toContain('for this policy');
	});

	test('beyond the limit says what to do', async () => {
		await bench.get('machine.activate', { license: chosen(license), fingerprint: 'ee:ff' });
		const { error } = await bench.run('machine.activate', {
			license: chosen(license),
			fingerprint: '00:11',
		});
		expect(error?.message).toBe('The machine limit of the license is reached [item 0]');
		expect(error?.description).toMatch(
			/license \(2\).*'Max Machines'.*code MACHINE_LIMIT_EXCEEDED/,
		);
	});
});

describe('creating or getting a user', () => {
	test('creates a user once and finds it from then on, as it is', async () => {
		const [created] = await bench.get('user.createOrGet', {
			email: 'new+1@example.com',
			additionalFields: { firstName: 'Jane' },
		});
		const [found] = await bench.get('user.createOrGet', {
			email: 'new+1@example.com',
			additionalFields: { firstName: 'Other' },
		});
		expect([created.isNew, found.isNew]).toEqual([true, false]);
		expect(found).toMatchObject({ id: created.id, firstName: 'Jane' });
	});

	test('finds the user that somebody else creates in between', async () => {
		const emails = Array.from({ length: 4 }, () => ({ json: { email: 'race@example.com' } }));
		const users = await bench.get(
			'user.createOrGet',
			{ email: '={{ $json.email }}', options: { concurrency: 4 } },
			{ items: emails },
		);
		expect(new Set(users.map(({ id }) => id)).size).toBe(1);
		expect(users.filter(({ isNew }) => isNew)).toHaveLength(1);
	});
});

describe('an artifact', () => {
	const content = Buffer.from([0, 255, 1, 254, 10, 13]);
	const items = [
		{
			json: {},
			binary: {
				file: {
					data: content.toString('base64'),
					mimeType: 'application/zip',
					fileName: 'App-1.zip',
				},
			},
		},
	];

	test('comes back byte for byte, and the storage never sees the token', async () => {
		const [uploaded] = await bench.get(
			'artifact.upload',
			{
				release: chosen(release),
				inputBinaryField: 'file',
				additionalFields: { platform: 'linux' },
			},
			{ items },
		);
		expect(uploaded).toMatchObject({
			filename: 'App-1.zip',
			filesize: content.length,
			releaseId: release,
		});
		expect(JSON.stringify(uploaded)).not.toContain(bench.sandbox.storage.url);
		const { outputs } = await bench.run('artifact.download', {
			artifact: chosen('App-1.zip', 'filename'),
			options: { binaryProperty: 'got' },
		});
		const [{ json, binary }] = outputs[0];
		expect(json).toMatchObject({ id: uploaded.id, status: 'UPLOADED' });
		expect(Buffer.from(present(binary).got.data, 'base64')).toEqual(content);
		expect(present(binary).got.fileName).toBe('App-1.zip');
		expect(bench.sandbox.storage.requests.length).toBe(2);
		expect(JSON.stringify(bench.sandbox.storage.requests)).not.toContain(bench.sandbox.adminToken);
	});

	test('whose binary field is missing is not announced', async () => {
		bench.sent();
		const { error } = await bench.run(
			'artifact.upload',
			{ release: chosen(release), inputBinaryField: 'other' },
			{ items },
		);
		expect(error?.message).toBe("The item has no binary field 'other' [item 0]");
		expect(bench.sent()).toEqual([]);
	});
});

test('a license file comes out as text and as a file of the same content', async () => {
	const { outputs } = await bench.run('license.checkOutFile', { license: chosen(license) });
	const [{ json, binary }] = outputs[0];
	expect(json.certificate).toMatch(/^-----BEGIN LICENSE FILE-----\n/);
	expect(Buffer.from(present(binary).data.data, 'base64').toString()).toBe(json.certificate);
	expect(present(binary).data.fileName).toMatch(/\.lic$/);
});

test('the account is found out where the server holds one and the credential names none', async () => {
	const single = await openWorkbench({ mode: 'singleplayer' });
	const [account] = await single.get('account.get');
	expect(account.id).toBe(single.sandbox.accountId);
	expect(account.keys).toHaveProperty('ed25519');
});
