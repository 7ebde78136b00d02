/** Ways in which an answer goes wrong; `-after` ones let the request take effect first. */
export const FAULT_KINDS = [
	'latency',
	// What the loser of a race for one fingerprint, e-mail or id is told.
	'409',
	'429',
	'500',
	'500-after',
	'502',
	'502-after',
	'503',
	'522',
	// Plain http, without a word of a proxy that it was https before.
	'not-https',
	// An address that has moved.
	'moved',
	// A host name that is not the server's own.
	'other-host',
	'reset-before',
	'reset-after',
	'hang',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultRule {
	kind: FaultKind;
	/** Only this method. */
	method?: string;
	/** Only paths (with query) that contain this text, or match it when it stands between slashes. */
	path?: string;
	/** Requests that pass before the rule takes hold; 0 by default. */
	skip?: number;
	/** Requests that it spoils; unlimited by default. */
	times?: number;
	/** `latency`: milliseconds; the request then goes on. */
	delay?: number;
	/** `429` and `503`: seconds, 1 by default. */
	retryAfter?: number;
}

interface Armed extends FaultRule {
	seen: number;
}

/** The rules in force. Each request takes the first rule that applies, latency aside. */
export class Faults {
	private rules: Armed[] = [];

	add(rule: FaultRule): void {
		if (!FAULT_KINDS.includes(rule.kind)) throw new TypeError(`No such fault: ${rule.kind}`);
		this.rules.push({ ...rule, seen: 0 });
	}

	clear(): void {
		this.rules = [];
	}

	/** Faults of this request, in order of the rules, at most one beside latencies. */
	take(method: string, url: string): FaultRule[] {
		const taken: FaultRule[] = [];
		for (const rule of this.rules) {
			if (
				!applies(rule, method, url) ||
				(rule.kind !== 'latency' && taken.some((other) => other.kind !== 'latency'))
			)
				continue;
			rule.seen++;
			const number = rule.seen - (rule.skip ?? 0);
			if (number >= 1 && number <= (rule.times ?? Infinity)) taken.push(rule);
		}
		return taken;
	}
}

function applies(rule: FaultRule, method: string, url: string): boolean {
	if (rule.method && rule.method.toUpperCase() !== method) return false;
	if (!rule.path) return true;
	const pattern = /^\/(.+)\/$/.exec(rule.path);
	return pattern && /[\\^$*+?()[\]|]/.test(pattern[1])
		? new RegExp(pattern[1]).test(url)
		: url.includes(rule.path);
}
