import { randomUUID } from 'node:crypto';

import type { AccountKeys } from '../../keygen-signing/account-keys.mts';
import { versionsOf } from './api-versions.mts';
import { Clock } from './clock.mts';
import { ALL_FEATURES, isAtLeast } from './options.mts';
import type { KeygenSandboxOptions, ServerRelease } from './options.mts';
import { makeAccountKeys } from './signing.mts';
import { Store } from './store.mts';
import type { Item } from './store.mts';

/** What sends webhook events; the world only knows that there is one. */
export interface Outbox {
	enqueue(event: Item, endpoint: Item): void;
	/** Deliveries attempted so far. */
	readonly attempts: number;
}

/** Everything one running sandbox knows. */
export class World {
	options: KeygenSandboxOptions;
	store = new Store();
	clock: Clock;
	keys: AccountKeys;
	account: Item;
	release: ServerRelease;
	/** API versions it speaks, oldest first. */
	versions: string[];
	/** Origin of the storage host, set once that listens. */
	storageUrl = '';
	/** Set once the sandbox starts; events before that reach nobody. */
	deliveries: Outbox | undefined;

	constructor(options: KeygenSandboxOptions) {
		const { account = {}, clock } = options;
		this.options = options;
		this.release = options.release ?? '1.7.0';
		this.versions = versionsOf(this.release);
		this.clock = new Clock(clock && (() => clock.now()));
		this.keys = options.keys ?? makeAccountKeys();
		const created = account.created ? Date.parse(account.created) : undefined;
		const slug = account.slug ?? 'sandbox';
		const facts = {
			name: account.name ?? 'Sandbox',
			slug,
			apiVersion: account.apiVersion ?? this.newestVersion,
			protected: account.protected ?? false,
			status: 'ACTIVE',
		};
		this.account = this.store.add(
			{ type: 'accounts', id: account.id ?? randomUUID(), created, facts },
			this.clock.now(),
		);
	}

	get newestVersion(): string {
		return this.versions[this.versions.length - 1];
	}

	get edition(): 'CE' | 'EE' {
		return this.options.edition ?? 'EE';
	}

	get multiplayer(): boolean {
		return (this.options.mode ?? 'multiplayer') === 'multiplayer';
	}

	/** True when the server is EE with this entitlement. */
	has(feature: string): boolean {
		return this.edition === 'EE' && (this.options.features ?? ALL_FEATURES).includes(feature);
	}

	/** True when the emulated server is of this release or newer. */
	since(release: string): boolean {
		return isAtLeast(this.release, release);
	}
}
