import {
	attributes,
	byteLimit,
	environment,
	json,
	limit,
	linkages,
	meta,
	metadata,
	ownId,
	record,
	relationships,
	text,
	type Unplaced,
} from '../fields';
import type { Field } from '../field';
import { resource } from '../resource';
import { checkOut } from '../parts/check-out';
import { members, owners } from '../parts/members';
import { PROOF_FIELDS } from '../parts/verify-fields';

const optional = [
	'name',
	'ip',
	'hostname',
	'platform',
	'cores',
	'memory',
	'disk',
	'metadata',
] as const;
const include = ['components', 'group', 'license', 'owner', 'processes', 'product'] as const;

const components: Unplaced = {
	label: 'Components',
	type: 'embedded',
	wrap: 'components',
	description: 'Parts of the machine, each with its own fingerprint',
	parts: attributes({
		fingerprint: text('Fingerprint'),
		name: text('Name'),
		metadata: { ...metadata, type: 'json' },
	}) as Record<string, Field>,
};

export const machine = resource({
	label: 'Machine',
	type: 'machines',
	docs: 'machines',
	fields: {
		...attributes({
			fingerprint: text('Fingerprint', {
				placeholder: 'e.g. 4d:Eq:UV:D3:XZ:tL:WN:Bz',
				description: 'What tells this machine from all others',
			}),
			name: text('Name', { nullable: true }),
			ip: text('IP Address', { nullable: true, placeholder: 'e.g. 192.0.2.10' }),
			hostname: text('Hostname', { nullable: true }),
			platform: text('Platform', { nullable: true, placeholder: 'e.g. macOS' }),
			cores: limit('Cores', { nullable: true }),
			memory: byteLimit('Memory', { nullable: true }),
			disk: byteLimit('Disk', { nullable: true }),
			metadata,
		}),
		...relationships({
			license: record('License', 'license'),
			owner: record('Owner', 'user'),
			group: record('Group', 'group'),
			components,
			environment,
		}),
		...linkages({ newOwner: record('New Owner', 'user'), newGroup: record('New Group', 'group') }),
		...meta({
			dataset: json('Dataset', {
				description:
					'What the proof states; facts of the account, license and machine when not given',
			}),
		}),
		ownId: { ...ownId, at: 'data.id' },
		...PROOF_FIELDS,
		...checkOut([
			'components',
			'environment',
			'group',
			'license',
			'license.entitlements',
			'license.owner',
			'license.policy',
			'license.product',
			'license.users',
			'owner',
		]),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create machine',
			request: 'POST /machines',
			required: ['license', 'fingerprint'],
			optional: ['ownId', ...optional, 'owner', 'group', 'components', 'environment'],
			ownId: true,
		},
		activate: {
			name: 'Activate',
			action: 'Activate machine',
			description:
				"Create a machine, or find it where its fingerprint is active on the same license already; 'isNew' tells which",
			request: 'POST /machines',
			required: ['license', 'fingerprint'],
			optional: ['ownId', ...optional, 'owner', 'group', 'components', 'environment'],
			ownId: true,
			compound: 'activateMachine',
		},
		get: { name: 'Get', action: 'Get machine', request: 'GET /machines/{machine}', include },
		getAll: {
			name: 'Get Many',
			action: 'Get many machines',
			request: 'GET /machines',
			answer: 'list',
			include,
			filters: [
				'metadata',
				'fingerprint',
				'ip',
				'hostname',
				'pulse',
				'product',
				'policy',
				'license',
				'key',
				'owner',
				'user',
				'group',
			],
		},
		update: {
			name: 'Update',
			action: 'Update machine',
			request: 'PATCH /machines/{machine}',
			optional: [...optional],
		},
		delete: {
			name: 'Delete',
			action: 'Delete machine',
			description: 'Deactivate a machine',
			request: 'DELETE /machines/{machine}',
			notice: 'Deletes the components and processes of the machine as well. This cannot be undone.',
		},
		ping: {
			name: 'Ping Heartbeat',
			action: 'Ping machine heartbeat',
			request: 'POST /machines/{machine}/actions/ping',
			repeatable: true,
		},
		reset: {
			name: 'Reset Heartbeat',
			action: 'Reset machine heartbeat',
			request: 'POST /machines/{machine}/actions/reset',
			repeatable: true,
		},
		checkOut: {
			name: 'Check Out',
			action: 'Check out machine file',
			description: 'Get a signed machine file for use offline, as text with its facts',
			request: 'POST /machines/{machine}/actions/check-out',
			optional: ['encrypt', 'algorithm', 'ttl', 'fileInclude'],
			repeatable: true,
		},
		checkOutFile: {
			name: 'Check Out File',
			action: 'Download machine file',
			description: 'Get a signed machine file for use offline, as a file',
			request: 'GET /machines/{machine}/actions/check-out',
			optional: ['encryptFile', 'fileAlgorithm', 'fileTtl', 'includeInFile'],
			settings: ['binaryProperty'],
			answer: 'file',
		},
		generateOfflineProof: {
			name: 'Generate Offline Proof',
			action: 'Generate machine offline proof',
			description: "Get a signed statement about a machine; the older form of 'Check Out'",
			request: 'POST /machines/{machine}/actions/generate-offline-proof',
			optional: ['dataset'],
			repeatable: true,
		},
		verifyOfflineProof: {
			name: 'Verify Offline Proof',
			action: 'Verify machine offline proof',
			description:
				'Check a proof without asking the service, and read what it states; one that is not valid is an answer',
			local: 'verifyMachineProof',
			required: ['offlineProof', 'publicKeySource', 'publicKey'],
			settings: ['stopOnInvalid'],
			answer: 'verdict',
		},
		...owners('machine', ['product', 'license', 'group', 'owner']),
		changeGroup: {
			name: 'Change Group',
			action: 'Change machine group',
			request: 'PATCH /machines/{machine}/group',
			link: 'newGroup',
		},
		removeGroup: {
			name: 'Remove Group',
			action: 'Remove machine group',
			request: 'PATCH /machines/{machine}/group',
			link: null,
		},
		changeOwner: {
			name: 'Change Owner',
			action: 'Change machine owner',
			request: 'PATCH /machines/{machine}/owner',
			link: 'newOwner',
		},
		removeOwner: {
			name: 'Remove Owner',
			action: 'Remove machine owner',
			request: 'PATCH /machines/{machine}/owner',
			link: null,
		},
		...members('machine', {
			path: 'components',
			record: 'component',
			one: 'component',
			many: 'components',
		}),
		...members('machine', {
			path: 'processes',
			record: 'process',
			one: 'process',
			many: 'processes',
			filters: ['pulse'],
		}),
	},
});
