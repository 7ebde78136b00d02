import { signBytes } from '../../keygen-signing/account-keys.mts';
import { signedHeaders } from '../../keygen-signing/message-signatures.mts';
import { render } from '../records/render.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { subscribes } from './events.mts';
import { post } from './post.mts';
import type { Outcome } from './post.mts';

const RETRIES = 15;
const BODY_BYTES = 2_048;

/** Accounts from before this day also sign with `X-Signature`. */
const LEGACY_SIGNATURE_UNTIL = Date.parse('2021-06-11T00:00:00Z');

/** The service's own delay before a retry: its number to the fourth in seconds, and 10 to 100 minutes. */
export function ownDelay(retry: number): number {
	return (retry ** 4 + 600 * (1 + Math.floor(Math.random() * 10))) * 1000;
}

interface Job {
	event: Item;
	/** As it is when the job runs: a changed URL counts, the event's own is a note of the old one. */
	endpoint: Item;
	retries: number;
}

/** Sends webhook events to their endpoints, a bounded number at a time, and retries failures. */
export class Deliveries {
	private world: World;
	private waiting: Job[] = [];
	private active = 0;
	private timers = new Set<NodeJS.Timeout>();
	private idleWaiters: Array<() => void> = [];
	private closed = false;
	/** Deliveries attempted so far. */
	attempts = 0;

	constructor(world: World) {
		this.world = world;
	}

	enqueue(event: Item, endpoint: Item): void {
		this.waiting.push({ event, endpoint, retries: 0 });
		setImmediate(() => this.pump());
	}

	/** Deliveries that still wait, run or have a retry ahead. */
	get pending(): number {
		return this.waiting.length + this.active + this.timers.size;
	}

	/** Resolves when nothing is left to deliver or to retry. */
	idle(): Promise<void> {
		return this.pending === 0
			? Promise.resolve()
			: new Promise((resolve) => this.idleWaiters.push(resolve));
	}

	close(): void {
		this.closed = true;
		this.waiting = [];
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
	}

	private pump(): void {
		const most = this.world.options.webhooks?.concurrency ?? 20;
		while (!this.closed && this.active < most) {
			const job = this.waiting.shift();
			if (!job) break;
			this.active++;
			void this.attempt(job).finally(() => {
				this.active--;
				this.pump();
			});
		}
		if (this.pending === 0) for (const resolve of this.idleWaiters.splice(0)) resolve();
	}

	private async attempt(job: Job): Promise<void> {
		const { world } = this;
		const { event, endpoint } = job;
		if (world.store.get('webhook-events', event.id) !== event) return;
		// The service's jobs hold the endpoint's ID: without it they end, and say nothing.
		if (world.store.get('webhook-endpoints', endpoint.id) !== endpoint) return;
		if (!subscribes(endpoint, event.facts.event ?? '')) return;
		this.attempts++;
		const outcome = await post(
			endpoint.facts.url ?? '',
			this.message(job),
			world.options.webhooks ?? {},
		);
		if (this.closed) return;
		event.facts.lastResponseCode = outcome.status ?? null;
		event.facts.lastResponseBody =
			Buffer.byteLength(outcome.body) > BODY_BYTES ? 'RES_BODY_TOO_LARGE' : outcome.body;
		const verdict = judge(endpoint.facts.url ?? '', outcome);
		if (verdict.disable) endpoint.facts.subscriptions = [];
		const again = verdict.status === 'FAILING' && job.retries < RETRIES;
		event.facts.status = verdict.status === 'FAILING' && !again ? 'FAILED' : verdict.status;
		world.store.touch(event, world.clock.now());
		if (again) this.retryLater({ ...job, retries: job.retries + 1 });
	}

	private retryLater(job: Job): void {
		const { retryDelay, compress = 1 } = this.world.options.webhooks ?? {};
		const delay = retryDelay ? retryDelay(job.retries) : ownDelay(job.retries) / compress;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			this.waiting.push(job);
			this.pump();
		}, delay);
		this.timers.add(timer);
	}

	private message({ event, endpoint }: Job) {
		const { world } = this;
		const version = event.facts.apiVersion ?? world.edition.newestVersion;
		const url = new URL(endpoint.facts.url ?? '');
		const body = Buffer.from(JSON.stringify({ data: render(world, event, version) }));
		const signed = {
			method: 'post',
			target: `${url.pathname || '/'}${url.search}`,
			host: url.hostname,
			body,
			date: new Date(world.clock.now()),
			accountId: world.account.id,
			algorithm: endpoint.facts.signatureAlgorithm ?? 'ed25519',
		};
		const headers: Record<string, string> = {
			'content-type': 'application/json',
			'user-agent': `Keygen/${version} (+https://keygen.sh/docs/api/webhooks/)`,
			'keygen-version': version,
			...signedHeaders(world.keys, signed),
		};
		if (world.account.created < LEGACY_SIGNATURE_UNTIL) {
			headers['x-signature'] = signBytes(world.keys, 'rsa-sha256', body).toString('base64');
		}
		return { headers, body };
	}
}

interface Verdict {
	status: 'DELIVERED' | 'FAILING' | 'FAILED';
	disable?: boolean;
}

/** What an outcome means for the event, and for the endpoint. */
function judge(url: string, { status, body, final }: Outcome): Verdict {
	const { hostname } = new URL(url);
	if (status === undefined) return { status: final ? 'FAILED' : 'FAILING' };
	if (status >= 200 && status < 300) return { status: 'DELIVERED' };
	if (status === 410 || status === 530) return { status: 'FAILED', disable: true };
	if (status === 404 && hostname.endsWith('.ngrok.io') && /tunnel .* not found/i.test(body))
		return { status: 'FAILED', disable: true };
	if (status === 504 && /\.(ngrok\.io|loca\.lt)$/.test(hostname)) return { status: 'FAILED' };
	return { status: 'FAILING' };
}
