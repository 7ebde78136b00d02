import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { ServiceOptions } from '../../sandbox/keeper-events/events-service.mts';

/** Where a stand-in answers, and what lets one in. */
export type Service =
	| { kind: 'keeperPartner'; url: string }
	| { kind: 'keeperEvents'; url: string }
	| { kind: 'keygen'; url: string; accountId: string; token: string };

/** What a stand-in has seen since it was last reset. */
export interface Counts {
	requests: number;
	/** Connections accepted. */
	sockets: number;
	/** The most connections that were open at one moment. */
	socketsAtOnce: number;
}

/** What a stand-in for Keygen would send to a webhook. */
export interface SignedMessage {
	headers: Record<string, string>;
	body: string;
}

export type Order = 'reset' | 'counts' | { sign: { url: string; count: number } };

export interface Options {
	keeperPartner: { latencyMs: number; name: string; secret: string };
	keeperEvents: ServiceOptions;
	keygen: { latencyMs: number; licenses: number; release?: '1.6.0' | '1.7.0' };
}

export type Started<K extends Service['kind']> = Extract<Service, { kind: K }> & {
	port: string;
	/** Forgets what was counted, and what clients have created. */
	reset(): Promise<void>;
	counts(): Promise<Counts>;
	/** Makes events of which each is signed for a webhook; only Keygen's stand-in can. */
	sign(url: string, count: number): Promise<SignedMessage[]>;
	stop(): void;
};

/** Starts a stand-in for a service in a process of its own, on 127.0.0.1. */
export async function startService<K extends Service['kind']>(
	kind: K,
	options: Options[K],
): Promise<Started<K>> {
	const program = path.join(import.meta.dirname, 'serve.mts');
	const child = fork(program, [kind, JSON.stringify(options)], { execArgv: [] });
	const ended = once(child, 'exit').then((): never => {
		throw new Error(`The stand-in for ${kind} ended.`);
	});
	// That it ends when it is stopped is no news.
	ended.catch(() => {});
	const answer = async <T,>(): Promise<T> =>
		(await Promise.race([once(child, 'message'), ended]))[0] as T;
	const service = await answer<Extract<Service, { kind: K }>>();
	const ask = async <T,>(order: Order): Promise<T> => {
		child.send(order);
		return await answer<T>();
	};
	return {
		...service,
		port: new URL(service.url).port,
		reset: async () => void (await ask('reset')),
		counts: async () => await ask('counts'),
		sign: async (url, count) => await ask({ sign: { url, count } }),
		stop: () => void child.kill(),
	};
}
