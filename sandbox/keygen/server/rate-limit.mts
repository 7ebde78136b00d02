import { Refusal } from '../refusals/problems.mts';
import type { World } from '../state/world.mts';

interface Window {
	start: number;
	count: number;
}

/** Counts requests in fixed windows of the sandbox's clock. */
export class RateLimit {
	private world: World;
	private windows = new Map<string, Window>();

	constructor(world: World) {
		this.world = world;
	}

	/** Counts one request and returns the headers that tell of it. Throws 429 above the limit. */
	count(key: string, limit: number, seconds: number): Record<string, string> {
		const now = this.world.clock.now();
		let window = this.windows.get(key);
		if (!window || now - window.start >= seconds * 1000 || now < window.start)
			this.windows.set(key, (window = { start: now, count: 0 }));
		window.count++;
		const reset = Math.ceil(window.start / 1000) + seconds;
		const headers = {
			'x-ratelimit-window': key.split(' ')[0],
			'x-ratelimit-count': String(window.count),
			'x-ratelimit-limit': String(limit),
			'x-ratelimit-remaining': String(Math.max(0, limit - window.count)),
			'x-ratelimit-reset': String(reset),
		};
		if (window.count <= limit) return headers;
		throw tooMany(Math.max(1, Math.ceil(seconds - (now - window.start) / 1000)), headers);
	}
}

/** 429 as the service words it: without a request id in `meta`, with `Retry-After` in seconds. */
export function tooMany(seconds: number, headers: Record<string, string> = {}): Refusal {
	const problem = {
		title: 'Too many requests',
		detail: `Wait ${seconds} second(s)`,
		code: 'TOO_MANY_REQUESTS',
	};
	return new Refusal(429, [problem], { 'retry-after': String(seconds), ...headers });
}
