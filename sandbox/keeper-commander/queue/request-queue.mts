import { randomUUID } from 'node:crypto';

import type { SandboxClock } from '../clock.mts';
import type { LineResult } from '../commands/run-line.mts';

export type State = 'queued' | 'processing' | 'completed' | 'failed' | 'expired';

export interface QueuedRequest {
	id: string;
	/** The API key that submitted it; nobody else is told of it. */
	key: string;
	line: string;
	state: State;
	createdAt: number;
	startedAt?: number;
	completedAt?: number;
	result?: LineResult;
}

const MOST_WAITING = 100;
const WAITS_MS = 300_000;
const KEPT_MS = 3_600_000;

/** One worker, first in, first out, all in memory. */
export class RequestQueue {
	/** Whether the worker processes requests. */
	running = true;
	private requests = new Map<string, QueuedRequest>();
	private waiting: QueuedRequest[] = [];
	private busy = false;
	private gate: Promise<void> = Promise.resolve();
	private readonly run: (line: string) => LineResult;
	private readonly clock: SandboxClock;

	constructor(run: (line: string) => LineResult, clock: SandboxClock) {
		this.run = run;
		this.clock = clock;
	}

	/** Undefined if the queue is full. */
	submit(line: string, key: string): QueuedRequest | undefined {
		this.tidy();
		if (this.waiting.length >= MOST_WAITING) return undefined;
		const request: QueuedRequest = {
			id: randomUUID(),
			key,
			line,
			state: 'queued',
			createdAt: this.clock.now(),
		};
		this.requests.set(request.id, request);
		this.waiting.push(request);
		void this.work();
		return request;
	}

	find(id: string, key: string): QueuedRequest | undefined {
		this.tidy();
		const found = this.requests.get(id);
		return found?.key === key ? found : undefined;
	}

	of(key: string): QueuedRequest[] {
		return [...this.requests.values()].filter((request) => request.key === key);
	}

	get size(): number {
		return this.waiting.length;
	}

	/** Makes the next command last until the returned function is called. */
	hold(): () => void {
		let open = () => {};
		this.gate = new Promise((resolve) => (open = resolve));
		return () => {
			open();
			this.gate = Promise.resolve();
		};
	}

	/** Drops everything, as a restart of the service does. */
	forget(): void {
		this.requests = new Map();
		this.waiting = [];
	}

	private async work(): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		while (this.running) {
			const next = this.waiting.shift();
			if (!next) break;
			next.state = 'processing';
			next.startedAt = this.clock.now();
			await this.gate;
			// A request that a restart has forgotten is not run.
			if (!this.requests.has(next.id)) continue;
			next.result = this.run(next.line);
			next.state = 'completed';
			next.completedAt = this.clock.now();
		}
		this.busy = false;
	}

	/** Expiry is checked only while the worker is idle. */
	private tidy(): void {
		if (this.busy) return;
		const now = this.clock.now();
		for (const request of this.waiting)
			if (now - request.createdAt > WAITS_MS) request.state = 'expired';
		this.waiting = this.waiting.filter(({ state }) => state === 'queued');
		for (const { id, completedAt } of this.requests.values())
			if (completedAt !== undefined && now - completedAt > KEPT_MS) this.requests.delete(id);
	}
}
