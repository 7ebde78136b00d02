import type { SandboxClock } from '../clock.mts';

const SPANS: Record<string, number> = {
	second: 1000,
	minute: 60_000,
	hour: 3_600_000,
	day: 86_400_000,
};

interface Limit {
	most: number;
	span: number;
	/** As the service writes it: `60 per 1 minute`. */
	text: string;
}

/** Counts requests by address and endpoint in fixed windows, as Flask-Limiter does unless told otherwise. */
export class RateLimit {
	private readonly limits: Limit[];
	private readonly counts = new Map<string, { window: number; count: number }>();
	private readonly clock: SandboxClock;

	/** @param rule such as `60/minute`, several with a semicolon between them */
	constructor(rule: string, clock: SandboxClock) {
		this.clock = clock;
		this.limits = rule.split(';').map((part) => {
			const [most = '', unit = ''] = part.split('/').map((text) => text.trim());
			return { most: Number(most), span: SPANS[unit] as number, text: `${most} per 1 ${unit}` };
		});
	}

	/** Counts a request and returns the limit that it exceeds, if any. */
	over(address: string, endpoint: string): string | undefined {
		const exceeded = this.limits.filter(({ most, span, text }) => {
			const window = Math.floor(this.clock.now() / span);
			const name = `${address} ${endpoint} ${text}`;
			const known = this.counts.get(name);
			const count = known?.window === window ? known.count + 1 : 1;
			this.counts.set(name, { window, count });
			return count > most;
		});
		return exceeded[0]?.text;
	}
}
