import { heartbeatOf } from '../standing/heartbeat.mts';
import { limitOf } from '../standing/licenses.mts';
import { iso } from '../state/clock.mts';
import { mustHave } from '../state/relations.mts';
import type { View } from './view.mts';

export const machineViews: Record<string, View> = {
	machines: {
		attributes:
			'fingerprint cores memory disk ip hostname platform name requireHeartbeat heartbeatStatus heartbeatDuration ' +
			'maxProcesses lastCheckOut lastHeartbeat nextHeartbeat metadata',
		one: 'product group license owner',
		many: 'components processes',
		computed: {
			// A machine that was pinged once is expected to go on.
			requireHeartbeat: (world, item) =>
				Boolean(mustHave(world, item, 'policy').facts.requireHeartbeat || item.facts.lastHeartbeat),
			heartbeatStatus: (world, item) => heartbeatOf(world, item).status,
			heartbeatDuration: (world, item) => heartbeatOf(world, item).duration,
			nextHeartbeat: (world, item) => iso(heartbeatOf(world, item).next),
			maxProcesses: (world, item) =>
				limitOf(world, mustHave(world, item, 'license'), 'maxProcesses'),
		},
	},
	components: { attributes: 'fingerprint name metadata', one: 'product license machine' },
	processes: {
		attributes: 'pid status interval lastHeartbeat nextHeartbeat metadata',
		one: 'product license machine',
		computed: {
			status: (world, item) => heartbeatOf(world, item).status,
			interval: (world, item) => heartbeatOf(world, item).duration,
			nextHeartbeat: (world, item) => iso(heartbeatOf(world, item).next),
		},
	},
	'machine-files': {
		attributes: 'certificate algorithm includes ttl expiry issued',
		direct: 'machine license',
		link: null,
		timeless: true,
	},
};
