import type { SigningAlgorithm } from '../../keygen-signing/account-keys.mts';
import type { Semver } from '../wire/semver.mts';

type Text = string | null;
type Count = number | null;

/** Facts that several types have. */
interface Shared {
	name?: Text;
	key?: Text;
	code?: Text;
	url?: Text;
	/** Of a request log a number. */
	status?: string | number;
	expiry?: Text;
	permissions?: string[];
	metadata?: Record<string, unknown>;
	protected?: boolean | null;
	/** Links of a record beside `self`. */
	extraLinks?: Record<string, string>;
}

interface Limits {
	maxMachines?: Count;
	maxProcesses?: Count;
	maxUsers?: Count;
	maxLicenses?: Count;
	maxCores?: Count;
	maxMemory?: Count;
	maxDisk?: Count;
	maxUses?: Count;
}

interface AccountFacts {
	slug?: string;
	apiVersion?: string;
}

interface PolicyFacts {
	duration?: Count;
	scheme?: Text;
	encrypted?: boolean;
	strict?: boolean;
	floating?: boolean;
	usePool?: boolean;
	/** Until API version 1.1. */
	concurrent?: boolean;
	requireHeartbeat?: boolean;
	requireProductScope?: boolean;
	requirePolicyScope?: boolean;
	requireMachineScope?: boolean;
	requireFingerprintScope?: boolean;
	requireComponentsScope?: boolean;
	requireUserScope?: boolean;
	requireChecksumScope?: boolean;
	requireVersionScope?: boolean;
	requireCheckIn?: boolean;
	checkInInterval?: Text;
	checkInIntervalCount?: Count;
	heartbeatDuration?: Count;
	heartbeatBasis?: string;
	heartbeatCullStrategy?: string;
	heartbeatResurrectionStrategy?: string;
	machineUniquenessStrategy?: string;
	machineMatchingStrategy?: string;
	componentUniquenessStrategy?: string;
	componentMatchingStrategy?: string;
	expirationStrategy?: string;
	expirationBasis?: string;
	renewalBasis?: string;
	transferStrategy?: string;
	authenticationStrategy?: string;
	machineLeasingStrategy?: string;
	processLeasingStrategy?: string;
	overageStrategy?: string;
}

interface LicenseFacts {
	uses?: number;
	suspended?: boolean;
	lastValidated?: Text;
	lastCheckIn?: Text;
	lastCheckOut?: Text;
	/** What is shown once, when the license is made: a key of which only the hash is kept. */
	secrets?: { key: string };
	/** When each dated event was last told of, in milliseconds since the epoch. */
	announced?: Record<string, number>;
}

interface MachineFacts {
	fingerprint?: string;
	cores?: Count;
	memory?: Count;
	disk?: Count;
	/** Of a process. */
	pid?: string;
	lastHeartbeat?: Text;
	/** Start of the current watch in milliseconds since the epoch; the creation when absent. */
	monitoredSince?: number;
	resurrected?: boolean;
	/** The death of its heartbeat was told of. */
	deathTold?: boolean;
}

interface UserFacts {
	email?: string;
	firstName?: Text;
	lastName?: Text;
	role?: string;
	banned?: boolean;
	/** As a request has it; only its hash is stored. */
	password?: Text;
	passwordHash?: string;
	passwordReset?: { token: string; at: number };
	/** Milliseconds since the epoch. */
	lastSeen?: number;
	/** Where a user signs in that does so elsewhere. */
	sso?: string;
	/** Of a second factor. */
	secret?: string;
	enabled?: boolean;
}

interface TokenFacts {
	/** The value that is sent. */
	raw?: string;
	bearerType?: string;
	activations?: number;
	deactivations?: number;
	maxActivations?: Count;
	maxDeactivations?: Count;
}

interface DistributionFacts {
	distributionStrategy?: string;
	version?: Text;
	semver?: Semver | null;
	channel?: string;
	tag?: Text;
	backdated?: Text;
	engine?: Text;
	filename?: string;
	filetype?: Text;
	filesize?: Count;
	platform?: Text;
	arch?: Text;
}

interface EventFacts {
	subscriptions?: string[];
	signatureAlgorithm?: SigningAlgorithm;
	/** The URL that a webhook event went to. */
	endpoint?: string;
	event?: string;
	payload?: string;
	lastResponseCode?: Count;
	lastResponseBody?: Text;
	idempotencyToken?: string;
}

interface EnvironmentFacts {
	isolationStrategy?: string;
}

/** What is stored of a resource: attributes under canonical names, and what the service does not show. */
export interface Facts
	extends Shared,
		Limits,
		AccountFacts,
		PolicyFacts,
		LicenseFacts,
		MachineFacts,
		UserFacts,
		TokenFacts,
		DistributionFacts,
		EventFacts,
		EnvironmentFacts {
	[name: string]: unknown;
}

/** True when a fact is a number below `least`. */
export function isBelow(facts: Facts, name: string, least: number): boolean {
	const value = facts[name];
	return typeof value === 'number' && value < least;
}

/** A fact that is a number; 0 when there is none. */
export function numberOf(facts: Facts, name: string): number {
	const value = facts[name];
	return typeof value === 'number' ? value : 0;
}
