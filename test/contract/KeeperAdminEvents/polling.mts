import type { INodeParameters } from 'n8n-workflow';

import { KeeperAdminEventsTrigger } from '../../../nodes/KeeperAdminEvents/KeeperAdminEventsTrigger.node';
import { PolledNode, type PolledNodeOptions } from '../../../sandbox/n8n/polled-node.mts';
import { credential } from './service.mts';

export interface PollingOptions
	extends Omit<PolledNodeOptions, 'type' | 'parameters' | 'credentials'> {
	baseUrl: string;
	parameters?: INodeParameters;
	credential?: Record<string, string>;
}

/** The events trigger, polled by n8n. */
export class Polling extends PolledNode {
	constructor({ baseUrl, parameters, credential: change, ...options }: PollingOptions) {
		super({
			type: new KeeperAdminEventsTrigger(),
			parameters: { filters: {}, options: {}, ...parameters },
			credentials: credential(baseUrl, change),
			...options,
		});
	}
}
