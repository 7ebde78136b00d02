import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { PageRequest } from '../../../sandbox/keeper-events/event-pages.mts';
import type { ServiceOptions } from '../../../sandbox/keeper-events/events-service.mts';
import {
	startKeeperEventsSandbox,
	type KeeperEventsSandbox,
} from '../../../sandbox/keeper-events/server.mts';

export const TOKEN = 'siem-token-Kq7x-91_Zt';

export type Event = Record<string, unknown>;

/** A stand-in for Keeper that keeps what it was asked for. */
export interface RecordingSandbox extends KeeperEventsSandbox {
	/** The pages asked for with a good token, in order. */
	asked: PageRequest[];
}

export async function startRecording(options: ServiceOptions = {}): Promise<RecordingSandbox> {
	const sandbox = await startKeeperEventsSandbox({ tokens: [TOKEN], latest: 0, ...options });
	const asked: PageRequest[] = [];
	const { pages } = sandbox.service;
	const page = pages.page.bind(pages);
	pages.page = (request, ...rest) => {
		asked.push(request);
		return page(request, ...rest);
	};
	return { ...sandbox, asked };
}

/** A sandbox of its own for each test of the file that asks for it. */
export function sandboxForTests(options: ServiceOptions = {}): () => RecordingSandbox {
	let sandbox: RecordingSandbox;
	beforeEach(async () => {
		sandbox = await startRecording(options);
	});
	afterEach(async () => await sandbox.close());
	return () => sandbox;
}

export function credential(
	baseUrl: string,
	change: Record<string, string> = {},
): Record<string, ICredentialDataDecryptedObject> {
	return { keeperAdminApi: { apiToken: TOKEN, region: 'custom', baseUrl, ...change } };
}

/** An event at a time, told apart by a number. */
export function numbered(number: number, time: number, change: Event = {}): Event {
	return {
		audit_event: 'open_record',
		remote_address: '203.0.113.7',
		category: 'usage',
		client_version: 'Web Vault 16.10.5',
		username: 'ada@northfield.example',
		timestamp: new Date(time).toISOString(),
		enterprise_id: 4711,
		record_uid: `record-${number}`,
		...change,
	};
}

/** All that happened, as the service sends it. */
export function happened({ service }: KeeperEventsSandbox): Event[] {
	return service.log.between(-Infinity, Infinity, '[]', Infinity).map(({ event }) => event);
}

/** A list in an order of its own, to compare what is in it and how often. */
export function inOrder(events: Iterable<unknown>): string[] {
	return [...events].map((event) => JSON.stringify(event)).sort();
}

/** A document without the moment at which it was read, which is another each time. */
export function lasting(document: Event): Event {
	const event = document.event as Event | undefined;
	return event ? { ...document, event: { ...event, ingested: undefined } } : document;
}
