import type { INodeParameters } from 'n8n-workflow';

import { startKeygenSandbox, type KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { publicKeysOf } from '../../sandbox/keygen/state/signing.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import type { Execution } from '../../sandbox/n8n/api/executions.mts';
import { packageTarballs, type N8nLine } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';

const KEYGEN = 'n8n-nodes-keygen.keygen';
const FINGERPRINT = 'aa:bb:cc:dd';

/** Changes one letter of the payload inside the file, as somebody does who knows the form. */
const TAMPER = `
const file = $('Check Out').first().json.certificate;
const inside = JSON.parse(Buffer.from(file.replace(/-----.*-----/g, ''), 'base64').toString());
inside.enc = inside.enc.replace(/[A-Y]/, 'Z');
const certificate = [
	'-----BEGIN MACHINE FILE-----',
	...Buffer.from(JSON.stringify(inside)).toString('base64').match(/.{1,60}/g),
	'-----END MACHINE FILE-----',
].join('\\n');
return [{ json: { certificate } }];
`;

/** A branch for each code that is told apart; everything else takes the last output. */
function byCode(...codes: string[]): INodeParameters {
	const rule = (code: string) => ({
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
			conditions: [
				{
					leftValue: '={{ $json.code }}',
					rightValue: code,
					operator: { type: 'string', operation: 'equals' },
				},
			],
			combinator: 'and',
		},
	});
	return { rules: { values: codes.map(rule) }, options: { fallbackOutput: 'extra' } };
}

const isValid: INodeParameters = {
	conditions: {
		options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
		conditions: [
			{
				leftValue: '={{ $json.valid }}',
				rightValue: '',
				operator: { type: 'boolean', operation: 'true', singleValue: true },
			},
		],
		combinator: 'and',
	},
	options: {},
};

describe.each<N8nLine>(['v2', 'v1'])('on the line %s of n8n', (version) => {
	let keygen: KeygenSandbox;
	let n8n: StartedN8n;
	let execution: Execution;
	let machine: { id: string };
	let licenseKey: string;
	/** What the service was asked, by operation. */
	let asked: string[];

	beforeAll(async () => {
		keygen = await startKeygenSandbox();
		const [license] = keygen.seed({ type: 'licenses' });
		licenseKey = String(license.facts.key);
		const attributes = { fingerprint: FINGERPRINT };
		const relationships = { license: license.id };
		[machine] = keygen.seed({ type: 'machines', attributes, relationships });
		n8n = await startN8n({ version, tarballs: packageTarballs() });
		const { id, name } = await n8n.rest.createCredential(
			'keygenApi',
			keygenCredential(keygen),
			'Keygen API',
		);
		const credentials = { keygenApi: { id, name } };
		const chosen = { __rl: true, mode: 'id', value: machine.id };
		const secrets = { licenseKey, fingerprint: FINGERPRINT };
		const encrypt = { algorithm: 'aes-256-gcm+ed25519', encrypt: true };
		const verify = { resource: 'machineFile', operation: 'verify', ...secrets };
		const offline = {
			publicKeySource: 'pasted',
			publicKey: publicKeysOf(keygen.world.keys).ed25519,
		};
		const checkOut = { resource: 'machine', machine: chosen };
		const fileFields = { fileAlgorithm: encrypt.algorithm, encryptFile: true };
		const { id: workflow } = await n8n.rest.createWorkflow({
			name: 'Verify offline',
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'Check Out',
					type: KEYGEN,
					parameters: { ...checkOut, operation: 'checkOut', additionalFields: encrypt },
					credentials,
				},
				{ name: 'Verify', type: KEYGEN, parameters: { ...verify }, credentials },
				{ name: 'Valid?', type: 'n8n-nodes-base.if', typeVersion: 2.2, parameters: isValid },
				{
					name: 'Tamper',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: { jsCode: TAMPER },
				},
				{ name: 'Verify Again', type: KEYGEN, parameters: { ...verify, ...offline } },
				{
					name: 'Which?',
					type: 'n8n-nodes-base.switch',
					typeVersion: 3.2,
					parameters: byCode('VALID', 'SIGNATURE_INVALID'),
				},
				{ name: 'Accept', type: 'n8n-nodes-base.noOp', parameters: {} },
				{ name: 'Refuse', type: 'n8n-nodes-base.noOp', parameters: {} },
				{ name: 'Other', type: 'n8n-nodes-base.noOp', parameters: {} },
				{ name: 'First Refused', type: 'n8n-nodes-base.noOp', parameters: {} },
				{
					name: 'Check Out File',
					type: KEYGEN,
					parameters: { ...checkOut, operation: 'checkOutFile', additionalFields: fileFields },
					credentials,
				},
				{
					name: 'Verify File',
					type: KEYGEN,
					parameters: { ...verify, ...offline, fileSource: 'binary' },
				},
			],
			connections: {
				Start: { main: [[{ node: 'Check Out', type: 'main', index: 0 }]] },
				'Check Out': { main: [[{ node: 'Verify', type: 'main', index: 0 }]] },
				Verify: { main: [[{ node: 'Valid?', type: 'main', index: 0 }]] },
				'Valid?': {
					main: [
						[{ node: 'Tamper', type: 'main', index: 0 }],
						[{ node: 'First Refused', type: 'main', index: 0 }],
					],
				},
				Tamper: { main: [[{ node: 'Verify Again', type: 'main', index: 0 }]] },
				'Verify Again': { main: [[{ node: 'Which?', type: 'main', index: 0 }]] },
				'Which?': {
					main: [
						[{ node: 'Accept', type: 'main', index: 0 }],
						[{ node: 'Refuse', type: 'main', index: 0 }],
						[{ node: 'Other', type: 'main', index: 0 }],
					],
				},
				Refuse: { main: [[{ node: 'Check Out File', type: 'main', index: 0 }]] },
				'Check Out File': { main: [[{ node: 'Verify File', type: 'main', index: 0 }]] },
			},
		});
		execution = await n8n.rest.runWorkflow(workflow);
		asked = keygen.requests.entries.map(({ method, url }) => `${method} ${url.split('/').at(-1)}`);
	}, 300_000);
	afterAll(async () => {
		await n8n?.discard();
		await keygen?.close();
	}, 60_000);

	it('a machine file that was checked out is valid, and is read', () => {
		expect([execution.error?.message, execution.status]).toEqual([undefined, 'success']);
		expect(execution.json('Verify')).toEqual([
			expect.objectContaining({
				valid: true,
				code: 'VALID',
				algorithm: 'aes-256-gcm+ed25519',
				machine: expect.objectContaining({ id: machine.id, fingerprint: FINGERPRINT }),
			}),
		]);
		expect(execution.json('Tamper')).toHaveLength(1);
		expect(execution.runs['First Refused']).toBeUndefined();
	});

	it('the same file with one letter changed takes the other branch', () => {
		expect(execution.json('Verify Again')).toEqual([
			expect.objectContaining({ valid: false, code: 'SIGNATURE_INVALID', machine: null }),
		]);
		expect(execution.json('Refuse')).toHaveLength(1);
		expect(execution.runs.Accept).toBeUndefined();
		expect(execution.runs.Other).toBeUndefined();
	});

	it('a file that n8n stores as binary data is read, without a credential', () => {
		expect(execution.json('Verify File')).toEqual([
			expect.objectContaining({
				valid: true,
				machine: expect.objectContaining({ id: machine.id }),
			}),
		]);
	});

	it('the service is asked for the two files and, once, for the keys of the account', () => {
		expect(asked).toEqual([
			'POST check-out',
			`GET ${keygen.accountId}`,
			expect.stringMatching(/^GET check-out/),
		]);
	});

	it('the license key that decrypts is in no output', () => {
		const outputs = ['Verify', 'Verify Again', 'Verify File'].map((name) => execution.json(name));
		expect(JSON.stringify(outputs)).not.toContain(licenseKey);
		expect(n8n.log()).not.toContain(licenseKey);
	});
});
