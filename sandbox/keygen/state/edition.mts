import { isAtLeast, versionsOf } from './api-versions.mts';
import { ALL_FEATURES } from './options.mts';
import type { KeygenSandboxOptions, ServerRelease } from './options.mts';

/**
 * Which server this is: CE or EE, for one account or many, its release, and what was set up beside
 * it. Nothing else asks the options about these.
 */
export class Edition {
	name: 'CE' | 'EE';
	multiplayer: boolean;
	release: ServerRelease;
	/** API versions it speaks, oldest first. */
	versions: string[];
	/** Where the server believes to be; its links to the documentation of authentication go there. */
	domain: string;
	/** Logs and analytics need it. */
	clickhouse: boolean;
	private features: string[];

	constructor(options: KeygenSandboxOptions) {
		this.name = options.edition ?? 'EE';
		this.multiplayer = (options.mode ?? 'multiplayer') === 'multiplayer';
		this.release = options.release ?? '1.7.0';
		this.versions = versionsOf(this.release);
		this.domain = options.domain ?? 'keygen.sh';
		this.clickhouse = options.clickhouse ?? true;
		this.features = options.features ?? ALL_FEATURES;
	}

	get newestVersion(): string {
		return this.versions[this.versions.length - 1];
	}

	/** True when the server is EE with this entitlement. */
	has(feature: string): boolean {
		return this.name === 'EE' && this.features.includes(feature);
	}

	/** True when the server is of this release or newer. */
	since(release: string): boolean {
		return isAtLeast(this.release, release);
	}
}
