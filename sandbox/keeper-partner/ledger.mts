import {
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from 'node:fs';

import { domainToASCII } from 'node:url';

import type { LicenseRequest } from './create-license.mts';

/** One license that was created. */
export type LedgerRow = LicenseRequest & {
	/** 1 for the first license, without gaps. */
	sequence: number;
	orderNumber: string;
	/** ISO 8601, UTC. */
	createdAt: string;
	/** Sequence of the first license for the same mailbox, when this one is a repeat. */
	duplicateOf?: number;
};

export type Ledger = {
	rows(): readonly LedgerRow[];
	/** Creates a license, whether or not the mailbox has one already, as nothing documented prevents it. */
	create(license: LicenseRequest): LedgerRow;
	/** Forgets everything and empties the file. */
	clear(): void;
};

/**
 * Opens the record of licenses created. With a `file`, every license is a JSON line there, on disk
 * before `create` returns, and rows of an earlier run are read back. A last line that was cut off by
 * a crash is dropped: that license was never answered for.
 */
export function openLedger(file?: string): Ledger {
	let rows: LedgerRow[] = [];
	const firstOf = new Map<string, number>();

	const remember = (row: LedgerRow) => {
		rows.push(row);
		const key = mailbox(row.email);
		if (!firstOf.has(key)) firstOf.set(key, row.sequence);
	};

	if (file !== undefined) {
		const stored = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
		const complete = stored.subarray(0, stored.lastIndexOf(0x0a) + 1);
		for (const line of complete.toString('utf8').split('\n')) {
			if (line !== '') remember(JSON.parse(line) as LedgerRow);
		}
		if (complete.length < stored.length) truncateSync(file, complete.length);
	}

	return {
		rows: () => rows,
		create(license) {
			const sequence = rows.length + 1;
			const first = firstOf.get(mailbox(license.email));
			const row: LedgerRow = {
				sequence,
				...license,
				orderNumber: orderNumber(sequence),
				createdAt: new Date().toISOString(),
				...(first !== undefined && { duplicateOf: first }),
			};
			if (file !== undefined) appendDurably(file, `${JSON.stringify(row)}\n`);
			remember(row);
			return row;
		},
		clear() {
			rows = [];
			firstOf.clear();
			if (file !== undefined) writeFileSync(file, '');
		},
	};
}

/**
 * Where mail for an address ends up, however it is spelled: letters composed or not and in any case,
 * invisible characters among them, the domain in its own script or as xn--, with the root's dot or not.
 */
function mailbox(email: string): string {
	const visible = email
		.normalize('NFC')
		.replace(/\p{Cf}/gu, '')
		.toLowerCase();
	const at = visible.lastIndexOf('@');
	const domain = visible.slice(at + 1).replace(/\.$/, '');
	return `${visible.slice(0, at)}@${domainToASCII(domain) || domain}`;
}

function appendDurably(file: string, line: string): void {
	const descriptor = openSync(file, 'a');
	try {
		writeSync(descriptor, line);
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
}

// Shaped like the documented "12345678-1234"; steps of a prime keep neighbors from looking alike.
function orderNumber(sequence: number): string {
	const left = 10_000_000 + ((sequence * 7919) % 90_000_000);
	const right = 1000 + ((sequence * 37) % 9000);
	return `${left}-${right}`;
}
