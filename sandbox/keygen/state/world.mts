import { randomUUID } from 'node:crypto';

import type { AccountKeys } from '../../keygen-signing/account-keys.mts';
import { Clock } from './clock.mts';
import { Edition } from './edition.mts';
import type { KeygenSandboxOptions } from './options.mts';
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
	edition: Edition;
	/** Origin of the storage host, set once that listens. */
	storageUrl = '';
	/** Set once the sandbox starts; events before that reach nobody. */
	deliveries: Outbox | undefined;

	constructor(options: KeygenSandboxOptions) {
		const { account = {}, clock } = options;
		this.options = options;
		this.edition = new Edition(options);
		this.clock = new Clock(clock && (() => clock.now()));
		this.keys = options.keys ?? makeAccountKeys();
		const created = account.created ? Date.parse(account.created) : undefined;
		const slug = account.slug ?? 'sandbox';
		const facts = {
			name: account.name ?? 'Sandbox',
			slug,
			apiVersion: account.apiVersion ?? this.edition.newestVersion,
			protected: account.protected ?? false,
			status: 'SUBSCRIBED',
		};
		this.account = this.store.add(
			{ type: 'accounts', id: account.id ?? randomUUID(), created, facts },
			this.clock.now(),
		);
	}
}
