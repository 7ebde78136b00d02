import { startKeygenSandbox } from '../../sandbox/keygen/start.mts';
import { keygenCredential } from '../../sandbox/n8n/api/keygen-credential.mts';
import type { N8nRest } from '../../sandbox/n8n/api/rest.mts';

const KEYGEN = 'n8n-nodes-keygen.keygen';
const FINGERPRINT = '4d:Eq:UV:D3:XZ:tL:WN:Bz';

/**
 * Makes a workflow that checks out a machine file and verifies it, with a stand-in of Keygen behind
 * it, for a picture of the panel of 'Verify'.
 *
 * @returns the workflow, the names of the nodes to run and to show, and what ends the stand-in
 */
export async function installVerification(rest: N8nRest): Promise<{
	id: string;
	trigger: string;
	shown: string;
	close(): Promise<void>;
}> {
	const keygen = await startKeygenSandbox();
	const [license] = keygen.seed({ type: 'licenses', attributes: { name: 'Northfield' } });
	const [machine] = keygen.seed({
		type: 'machines',
		attributes: { name: 'Reading Room 4', fingerprint: FINGERPRINT, platform: 'linux' },
		relationships: { license: license.id },
	});
	const { id, name } = await rest.createCredential(
		'keygenApi',
		keygenCredential(keygen),
		'Keygen (sandbox)',
	);
	const credentials = { keygenApi: { id, name } };
	const trigger = 'Run by Hand';
	const workflow = await rest.createWorkflow({
		name: 'Verify a machine file',
		nodes: [
			{ name: trigger, type: 'n8n-nodes-base.manualTrigger', parameters: {}, position: [0, 0] },
			{
				name: 'Check Out',
				type: KEYGEN,
				position: [220, 0],
				parameters: {
					resource: 'machine',
					operation: 'checkOut',
					machine: { __rl: true, mode: 'id', value: machine.id },
					additionalFields: { algorithm: 'aes-256-gcm+ed25519', encrypt: true },
				},
				credentials,
			},
			{
				name: 'Verify',
				type: KEYGEN,
				position: [440, 0],
				parameters: {
					resource: 'machineFile',
					operation: 'verify',
					licenseKey: license.facts.key,
					fingerprint: FINGERPRINT,
				},
				credentials,
			},
		],
		connections: {
			[trigger]: { main: [[{ node: 'Check Out', type: 'main', index: 0 }]] },
			'Check Out': { main: [[{ node: 'Verify', type: 'main', index: 0 }]] },
		},
	});
	return { id: workflow.id, trigger, shown: 'Verify', close: () => keygen.close() };
}
