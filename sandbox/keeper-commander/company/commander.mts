import { randomBytes } from 'node:crypto';

import type { SandboxClock } from '../clock.mts';
import type { Arguments } from '../shell/arguments.mts';
import type { Company, Token } from './company.mts';

/** Notified when a token becomes valid or invalid. */
export interface TokenWatch {
	issued?: (token: Token) => void;
	revoked?: (token: Token) => void;
}

/** A command that was run, with its words as the shell split them. */
export interface Ran {
	name: string;
	words: string[];
	/** The same as arguments. */
	given: Arguments;
}

/** A signed-in Commander: Keeper's state, and the copy that commands read. */
export class Commander {
	/** Keeper's own state. Change it directly for what happens elsewhere. */
	readonly company: Company;
	readonly clock: SandboxClock;
	readonly tokens: TokenWatch;
	/** Whether the account that runs Commander is a Root Administrator. */
	isRootAdmin = true;
	readonly isMsp = false;
	readonly hasCompliance = true;
	/** Commander's variables, as `set` makes them. */
	readonly variables = new Map<string, string>([['last_record_uid', 'rCd1aBcDeFgHiJkLmNoPqR']]);
	readonly ran: Ran[] = [];
	private copy: Company;
	private lastId = 8560 * 2 ** 32 + 1000;

	constructor(company: Company, clock: SandboxClock, tokens: TokenWatch = {}) {
		this.company = company;
		this.clock = clock;
		this.tokens = tokens;
		this.copy = structuredClone(company);
	}

	/** The company as of the last reload or own change. */
	get known(): Company {
		return this.copy;
	}

	reload(): void {
		this.copy = structuredClone(this.company);
	}

	/** Changes the company as a command does, and renews the copy. */
	change(work: (company: Company) => void): void {
		work(this.company);
		this.reload();
	}

	nextId(): number {
		return ++this.lastId;
	}

	nextUid(): string {
		return randomBytes(16).toString('base64url');
	}
}
