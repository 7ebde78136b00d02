// What Get Many holds while it reads audit events, in n8n's engine.
import { watched } from './live-memory.mts';
import { loaded, runNode, tell, told } from './loaded.mts';

const { KeeperAdminEvents } = loaded<
	typeof import('../../nodes/KeeperAdminEvents/KeeperAdminEvents.node')
>('nodes/KeeperAdminEvents/KeeperAdminEvents.node.ts');

const { url, token, parameters } = told<{ url: string; token: string; parameters: object }>();

const read = async (more: object) => {
	const { outputs, error } = await runNode({
		type: new KeeperAdminEvents(),
		parameters: {
			resource: 'event',
			operation: 'getAll',
			timeRange: 'last30Days',
			filters: {},
			options: {},
			...parameters,
			...more,
		},
		items: [{ json: {} }],
		credentials: { keeperAdminApi: { apiToken: token, region: 'custom', baseUrl: url } },
	});
	if (error) throw new Error(error.message);
	return outputs;
};

// What is loaded and compiled at the first run belongs to no run.
await read({ returnAll: false, limit: 100 });
const { result, memory, milliseconds } = await watched(
	async () => await read({ returnAll: true }),
	50,
);
const [{ json, binary }] = result[0];
tell({
	...memory,
	milliseconds,
	events: binary ? Number(json.count) : result[0].length,
	output: binary
		? Buffer.byteLength(binary.data.data, 'base64')
		: result[0].reduce((sum, item) => sum + JSON.stringify(item.json).length, 0),
});
