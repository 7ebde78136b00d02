import type { AuditEvent } from '../../event/audit-event';
import { textOf } from '../envelope/text';
import { OTHER } from './ocsf-classes';

/** What became of a security benchmark, in the words of a Compliance Finding. */
export interface Benchmark {
	activity: number;
	status: [id: number, caption: string];
	/** Whether the benchmark is met; undefined where the event does not tell. */
	compliance?: [id: number, caption: string];
	/** The event's own word. */
	value?: string;
}

const PASS: [number, string] = [1, 'Pass'];
const FAIL: [number, string] = [3, 'Fail'];

/** The words that `sb_*` events carry in `value`. */
const RESULTS: Record<string, Benchmark> = {
	'auto-resolved': { activity: 3, status: [4, 'Resolved'], compliance: PASS },
	'user-resolved': { activity: 3, status: [4, 'Resolved'], compliance: PASS },
	'user-ignored': { activity: 2, status: [3, 'Suppressed'], compliance: FAIL },
};

/** Reads the result of a benchmark; one that is not known is an update of another status. */
export function benchmarkOf({ value }: AuditEvent): Benchmark {
	const word = textOf(value);
	const known = word === undefined ? undefined : RESULTS[word.toLowerCase()];
	return { ...(known ?? { activity: 2, status: [OTHER, 'Other'] }), value: word };
}
