import { randomBytes } from 'node:crypto';

import type { SandboxClock } from '../clock.mts';
import type { Arguments } from '../shell/arguments.mts';
import type { Company, Token } from './company.mts';

/** Told when a token begins and ceases to be good. */
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

/** One logged-in Commander: what Keeper holds, and the copy that its commands read. */
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

	/** What commands know of the company: as it was at the last reload or change of their own. */
	get known(): Company {
		return this.copy;
	}

	reload(): void {
		this.copy = structuredClone(this.company);
	}

	/** Changes the company as a command does, and reads it again. */
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
