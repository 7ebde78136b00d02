import type { IConnections, INodeParameters } from 'n8n-workflow';

import {
	startKeeperPartnerSandbox,
	type KeeperPartnerSandbox,
} from '../../sandbox/keeper-partner/server.mts';
import type { WorkflowSource } from '../../sandbox/n8n/api/rest.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';

type SourceNode = WorkflowSource['nodes'][number];

const PARTNER = { name: 'northfield', secret: 'Ahorn-Birke-Cedar-Dattel' };
const KEEPER_PARTNER = 'n8n-nodes-keeper-security.keeperPartner';

export const person = (number: number) => ({
	email: `person${number}@students.northfield.example`,
	first_name: `Given${number}`,
	last_name: `Family${number}`,
});
export const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

/** A real n8n with Keeper Partner, and a Keeper. */
export class PartnerScene {
	readonly n8n: StartedN8n;
	readonly keeper: KeeperPartnerSandbox;
	private readonly credential: { id: string; name: string };

	private constructor(parts: Pick<PartnerScene, 'n8n' | 'keeper'> & { id: string; name: string }) {
		this.n8n = parts.n8n;
		this.keeper = parts.keeper;
		this.credential = { id: parts.id, name: parts.name };
	}

	static async open(env: Record<string, string> = {}): Promise<PartnerScene> {
		const keeper = await startKeeperPartnerSandbox({
			partnerName: PARTNER.name,
			partnerSecret: PARTNER.secret,
		});
		const n8n = await startN8n({ tarballs: packageTarballs(), env });
		const { id, name } = await n8n.rest.createCredential('keeperPartnerApi', {
			partnerName: PARTNER.name,
			partnerSecret: PARTNER.secret,
			region: 'custom',
			baseUrl: keeper.url,
		});
		return new PartnerScene({ n8n, keeper, id, name });
	}

	async close(): Promise<void> {
		await this.n8n.discard();
		await this.keeper.close();
	}

	/** A Keeper Partner node that takes the fields from the items by their names. */
	node(name: string, parameters: INodeParameters = {}, more: Partial<SourceNode> = {}): SourceNode {
		return {
			name,
			type: KEEPER_PARTNER,
			typeVersion: 1,
			parameters: { mappingMode: 'mapAutomatically', ...parameters },
			credentials: { keeperPartnerApi: this.credential },
			onError: 'continueRegularOutput',
			...more,
		};
	}

	/** The same as a tool of an agent, whose fields the model fills in. */
	tool(name: string, parameters: INodeParameters = {}): SourceNode {
		const fromModel = (key: string) => `={{ $fromAI('${key}', '', 'string') }}`;
		return this.node(
			name,
			{
				mappingMode: 'mapEachField',
				email: fromModel('Email'),
				firstName: fromModel('First_Name'),
				lastName: fromModel('Last_Name'),
				...parameters,
			},
			{ type: `${KEEPER_PARTNER}Tool`, onError: undefined },
		);
	}

	/** Stores a workflow that starts by hand with these items. */
	async workflow(
		items: object[],
		nodes: SourceNode[],
		connections: IConnections,
		settings?: Record<string, unknown>,
	): Promise<string> {
		const { id } = await this.n8n.rest.createWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} },
				{
					name: 'People',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: {
						jsCode: `return ${JSON.stringify(items)}.map((json) => ({ json }));`,
					},
				},
				...nodes,
			],
			connections: { ...chain('Start', 'People'), ...connections },
			...(settings && { settings: { executionOrder: 'v1', ...settings } }),
		});
		return id;
	}
}

/** Connects the first output of each node to the next one. */
export function chain(...names: string[]): IConnections {
	return Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1], type: 'main', index: 0 }]] },
			]),
	);
}
