import type { AccountKeys } from '../../keygen-signing/account-keys.mts';

/** Releases of the self-hosted server whose differences the sandbox knows. */
export type ServerRelease = '1.4.0' | '1.5.0' | '1.6.0' | '1.7.0';

export interface AccountOptions {
	id?: string;
	slug?: string;
	name?: string;
	/** Refuses sign-ups without authentication. */
	protected?: boolean;
	/** Version used when a request pins none. */
	apiVersion?: string;
	/** ISO date; accounts from before 2021-06-11 also sign webhooks with `X-Signature`. */
	created?: string;
	adminEmail?: string;
	adminPassword?: string;
}

export interface WebhookOptions {
	/** Hosts (without port) that skip the rules for endpoint URLs, plain http included. */
	allowHosts?: string[];
	/** `host` or `host:port` of a URL to the `address:port` where it really listens. */
	hosts?: Record<string, string>;
	/** PEM of the authority that signed the receivers' certificates. */
	ca?: string | Buffer;
	/** Milliseconds before the given retry (1 to 15); the service's own schedule when absent. */
	retryDelay?: (retry: number) => number;
	/** Divides the service's schedule, e.g. 100000; 1 by default. */
	compress?: number;
	/** Milliseconds, 15,000 by default. */
	timeout?: number;
	/** Deliveries in flight, 20 by default. */
	concurrency?: number;
}

export interface KeygenSandboxOptions {
	/** 0 or absent takes a free port. */
	port?: number;
	storagePort?: number;
	account?: AccountOptions;
	/** EE by default. On CE every EE route and parameter is unknown. */
	edition?: 'CE' | 'EE';
	/** Multiplayer (Cloud) by default: paths name the account, plans and billing exist. */
	mode?: 'multiplayer' | 'singleplayer';
	/** Host names under which a multiplayer server is reached without the account in the path. */
	customDomains?: string[];
	/** Domain that the server is set up for, `keygen.sh` by default. */
	domain?: string;
	/** 1.7.0 by default; older ones lack API versions, cursors and attributes. */
	release?: ServerRelease;
	/** EE entitlements, all by default. */
	features?: string[];
	/** Event and request logs answer 405 without it; true by default. */
	clickhouse?: boolean;
	clock?: { now(): number };
	/** Signatures of the account; self-made keys by default. */
	keys?: AccountKeys;
	webhooks?: WebhookOptions;
	/** Requests in a window of seconds before 429; 1,000,000 in 30 s by default. */
	rateLimit?: { limit: number; seconds: number };
	/** Enforces the limits of the password routes (e.g. 5 in 10 minutes); off by default. */
	authLimits?: boolean;
	/** Requests remembered for `GET /sandbox/requests`, 5,000 by default. */
	remember?: number;
}

/** The server that ships with the self-hosted edition, as it is set up without further services. */
export const singleplayerCe = {
	edition: 'CE',
	mode: 'singleplayer',
	clickhouse: false,
	domain: 'example.test',
	account: {
		name: 'example.test',
		slug: 'example-test',
		protected: true,
		adminEmail: 'admin@example.test',
		adminPassword: 'correct-horse-battery',
	},
} satisfies KeygenSandboxOptions;

/** EE entitlements that rows and members ask for. */
export const ALL_FEATURES = [
	'permissions',
	'environments',
	'event_logs',
	'request_logs',
	'oci_engine',
];
