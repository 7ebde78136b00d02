import { attributes, environment, metadata, ownId, record, relationships, text } from '../fields';
import { resource } from '../resource';
import { owners } from '../parts/members';

export const process = resource({
	label: 'Process',
	type: 'processes',
	docs: 'processes',
	fields: {
		...attributes({
			pid: text('Process ID', {
				placeholder: 'e.g. 4711',
				description: 'What tells this process from others on the machine',
			}),
			metadata,
		}),
		...relationships({ machine: record('Machine', 'machine'), environment }),
		ownId: { ...ownId, at: 'data.id' },
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create process',
			request: 'POST /processes',
			required: ['machine', 'pid'],
			optional: ['ownId', 'metadata', 'environment'],
			ownId: true,
		},
		get: { name: 'Get', action: 'Get process', request: 'GET /processes/{process}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many processes',
			request: 'GET /processes',
			answer: 'list',
			filters: ['product', 'machine', 'license', 'owner', 'user', 'pulse'],
		},
		update: {
			name: 'Update',
			action: 'Update process',
			request: 'PATCH /processes/{process}',
			optional: ['metadata'],
		},
		delete: { name: 'Delete', action: 'Delete process', request: 'DELETE /processes/{process}' },
		ping: {
			name: 'Ping Heartbeat',
			action: 'Ping process heartbeat',
			request: 'POST /processes/{process}/actions/ping',
			repeatable: true,
		},
		...owners('process', ['product', 'license', 'machine']),
	},
});
