import sha256 from 'crypto-js/sha256.js';

/**
 * Every way in which an answer can go wrong, and what it means for the license:
 * - `never`: the request dies before the service acts; nothing is created.
 * - `always`: the service acts, then the answer is lost or spoiled.
 * - `usually` / `seldom`: the answer tells nothing, so either may be true; a rule's `committed` decides,
 *   and without it `usually` means created, `seldom` not created.
 *
 * A request that the service would refuse (400, 401) creates nothing under any kind.
 */
export const FAULT_KINDS = {
	'500-before': 'never',
	'500-after': 'always',
	'502-html-before': 'never',
	'502-html-after': 'always',
	/** 503 with Retry-After, from a service that did nothing. */
	'503-retry-after': 'never',
	/** 429 with Retry-After as seconds or as an HTTP date. */
	'429': 'never',
	/** 403 `{"error":"throttled"}`, the form that Keeper's other endpoints use. */
	'403-throttled': 'never',
	/** No answer at all; the socket stays open until the client gives up. */
	'timeout-before': 'never',
	'timeout-after': 'always',
	/** The socket ends without an answer. */
	'reset-before': 'never',
	/** A TCP reset in place of the answer. */
	'reset-after': 'always',
	/** Status, headers and half of the body, then a TCP reset. */
	'reset-mid-body': 'always',
	/** 200 with `success: false`. */
	'success-false': 'never',
	/** 200 with `success: true` and an order number, without `vault_url`. */
	'missing-vault-url': 'always',
	'empty-200': 'usually',
	/** 200 with a web page, as a captive portal or a login page gives. */
	'html-200': 'seldom',
	/** 200 with the documented object wrapped in an array. */
	'json-array-200': 'usually',
	/** 200, a complete HTTP answer whose JSON stops half-way. */
	'truncated-json-200': 'usually',
	/** 302 or 307 to the same path and query on another host. */
	'redirect-other-host': 'never',
	/** 200 with the documented fields behind many megabytes of padding. */
	'huge-body': 'always',
	/** The documented 200, one byte at a time. */
	'slow-body': 'always',
} as const satisfies Record<string, 'never' | 'always' | 'usually' | 'seldom'>;

export type FaultKind = keyof typeof FAULT_KINDS;

/** Details of a fault; each has a default and is read by the kinds named. */
export type FaultDetails = {
	/** `429`, `503-retry-after`, `403-throttled`: seconds, default 1 (403: 2). */
	retryAfterSeconds?: number;
	/** `429`, `503-retry-after`: form of the header, default `seconds`. */
	retryAfterForm?: 'seconds' | 'http-date';
	/** `redirect-other-host`: default 302. */
	redirectStatus?: 301 | 302 | 303 | 307 | 308;
	/** `redirect-other-host`: base URL of the other host; required by that kind. */
	redirectTo?: string;
	/** `huge-body`: size in MiB, default 32. */
	bodyMegabytes?: number;
	/** `slow-body`: milliseconds between bytes, default 50. */
	dripMs?: number;
	/** Only for kinds marked `usually` or `seldom`: whether the license is created. */
	committed?: boolean;
};

/** Applies to a request that fits every matcher present; without a matcher, to every request. */
export type FaultRule = FaultDetails & {
	/** Without a kind the rule only delays. */
	kind?: FaultKind;
	/** E-mail, case ignored. */
	email?: string;
	/** Nth provisioning request since the plan was set, from 1. */
	nth?: number;
	/** Nth request for the same e-mail since the plan was set, from 1. */
	attempt?: number;
	/** Number of requests after which the rule no longer applies. */
	times?: number;
	/** Milliseconds before the service acts; replaces the plan's latency. */
	latencyMs?: number;
};

export type FaultPlan = {
	/** Milliseconds before the service acts, for every request. */
	latencyMs?: number;
	/** The first rule that applies decides. */
	rules?: FaultRule[];
	/**
	 * For requests that no rule decides. A draw depends on seed, e-mail and attempt only, so the same
	 * students meet the same faults in any order and at any concurrency. Rates add up to 1 at most.
	 */
	random?: FaultDetails & { seed: number; rates: Partial<Record<FaultKind, number>> };
};

export type ChosenFault = { kind: FaultKind; committed: boolean; details: FaultDetails };

export type FaultChooser = {
	plan: FaultPlan;
	/** Counts one provisioning request and decides what happens to it. */
	next(email: string | undefined): { latencyMs: number; fault?: ChosenFault };
};

/** @throws Error that names the mistake, when the plan is not one. */
export function chooseFaults(plan: FaultPlan): FaultChooser {
	checkPlan(plan);
	const rules = plan.rules ?? [];
	const uses = rules.map(() => 0);
	const attempts = new Map<string, number>();
	let requests = 0;

	return {
		plan,
		next(email) {
			const key = (email ?? '').toLowerCase();
			const attempt = (attempts.get(key) ?? 0) + 1;
			attempts.set(key, attempt);
			requests += 1;

			const index = rules.findIndex(
				(rule, i) =>
					(rule.email === undefined || rule.email.toLowerCase() === key) &&
					(rule.nth === undefined || rule.nth === requests) &&
					(rule.attempt === undefined || rule.attempt === attempt) &&
					(rule.times === undefined || uses[i] < rule.times),
			);
			if (index >= 0) {
				uses[index] += 1;
				const rule = rules[index];
				return {
					latencyMs: rule.latencyMs ?? plan.latencyMs ?? 0,
					...(rule.kind && { fault: chosen(rule.kind, rule) }),
				};
			}

			const { latencyMs = 0, random } = plan;
			const kind = random && draw(random, key, attempt);
			return { latencyMs, ...(kind && { fault: chosen(kind, random) }) };
		},
	};
}

function chosen(kind: FaultKind, details: FaultDetails): ChosenFault {
	const nature = FAULT_KINDS[kind];
	const open = nature === 'usually' || nature === 'seldom';
	const byNature = nature === 'always' || nature === 'usually';
	return { kind, committed: open ? (details.committed ?? byNature) : byNature, details };
}

function draw(
	random: NonNullable<FaultPlan['random']>,
	email: string,
	attempt: number,
): FaultKind | undefined {
	const digest = sha256(`${random.seed}\n${email}\n${attempt}`).toString();
	let remaining = parseInt(digest.slice(0, 12), 16) / 2 ** 48;
	for (const [kind, rate] of Object.entries(random.rates)) {
		if (remaining < rate) return kind as FaultKind;
		remaining -= rate;
	}
	return undefined;
}

function checkPlan(plan: FaultPlan): void {
	if (typeof plan !== 'object' || plan === null) throw new Error('a fault plan is an object');
	checkNames('plan', plan, ['latencyMs', 'rules', 'random']);

	for (const rule of plan.rules ?? []) {
		checkNames('rule', rule, ['kind', 'email', 'nth', 'attempt', 'times', 'latencyMs', ...DETAILS]);
		if (rule.kind !== undefined) checkKind(rule.kind, rule);
	}

	if (plan.random === undefined) return;
	checkNames('random', plan.random, ['seed', 'rates', ...DETAILS]);
	const rates = Object.entries(plan.random.rates);
	for (const [kind] of rates) checkKind(kind, plan.random);
	if (rates.reduce((sum, [, rate]) => sum + rate, 0) > 1 + 1e-9) {
		throw new Error('rates add up to more than 1');
	}
}

const DETAILS = [
	'retryAfterSeconds',
	'retryAfterForm',
	'redirectStatus',
	'redirectTo',
	'bodyMegabytes',
	'dripMs',
	'committed',
] as const satisfies ReadonlyArray<keyof FaultDetails>;

function checkNames(what: string, value: object, names: readonly string[]): void {
	const stranger = Object.keys(value).find((name) => !names.includes(name));
	if (stranger !== undefined) throw new Error(`a ${what} has no "${stranger}"`);
}

function checkKind(kind: string, details: FaultDetails): void {
	if (!Object.hasOwn(FAULT_KINDS, kind)) throw new Error(`there is no fault "${kind}"`);
	if (kind === 'redirect-other-host' && details.redirectTo === undefined) {
		throw new Error('redirect-other-host needs redirectTo');
	}
}
