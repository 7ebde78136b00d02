import type { Ledger } from './ledger.mts';
import type { RequestLog, Traffic } from './request-log.mts';

export type Stats = Traffic & {
	created: number;
	/** Licenses beyond the first for an e-mail: the damage that a careless client does. */
	duplicates: number;
	faults: number;
};

export function statsOf(ledger: Ledger, log: RequestLog): Stats {
	const rows = ledger.rows();
	return {
		...log.traffic(),
		created: rows.length,
		duplicates: rows.filter((row) => row.duplicateOf !== undefined).length,
		faults: log.faults().length,
	};
}
