import type { INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KeeperAdminEvents } from '../../../nodes/KeeperAdminEvents/KeeperAdminEvents.node';
import { runNode, type NodeRunResult } from '../../../sandbox/n8n/engine.mts';
import { credential, type Event } from './service.mts';

export interface GetMany {
	baseUrl: string;
	parameters?: INodeParameters;
	credential?: Record<string, string>;
	/** What of the credential differs between items. */
	credentialOf?(itemIndex: number): Record<string, string>;
	settings?: Partial<INode>;
	items?: INodeExecutionData[];
	signal?: AbortSignal;
}

/** Runs Get Many over the last 24 hours, everything, unless the parameters say otherwise. */
export async function getMany(run: GetMany): Promise<NodeRunResult> {
	return await runNode({
		type: new KeeperAdminEvents(),
		parameters: {
			resource: 'event',
			operation: 'getAll',
			timeRange: 'last24Hours',
			returnAll: true,
			outputFormat: 'raw',
			output: 'events',
			filters: {},
			options: {},
			...run.parameters,
		},
		items: run.items ?? [{ json: {} }],
		credentials: {
			keeperAdminApi: (itemIndex) =>
				credential(run.baseUrl, { ...run.credential, ...run.credentialOf?.(itemIndex) })
					.keeperAdminApi,
		},
		settings: run.settings,
		signal: run.signal,
	});
}

/** The json of all items of the first output; throws what stopped the run. */
export function records({ outputs, error }: NodeRunResult): Event[] {
	if (error) throw new Error(`${error.message}\n${error.description}`);
	return (outputs[0] ?? []).map(({ json }) => json);
}
