// Prints every operation of Keygen's API beside the node's operations that use it.
import { load } from '../typescript-modules.mjs';

const { catalogue } = load('sandbox/keygen/catalogue.mts');
const { allRows } = load('nodes/Keygen/table/table');
const { lines, strangers } = load('scripts/keygen/operations.mts').coverage(catalogue, allRows());

let group;
for (const line of lines) {
	if (line.group !== group) console.log(`\n${(group = line.group)}`);
	const served = line.rows.join(', ') || (line.leftOut ? `left out: ${line.leftOut}` : 'MISSING');
	console.log(`  ${line.operation.padEnd(58)} ${served}`);
}
const served = lines.filter(({ rows }) => rows.length > 0).length;
const explained = lines.filter(({ rows, leftOut }) => rows.length === 0 && leftOut).length;
const missing = lines.length - served - explained;
console.log(
	`\n${lines.length} operations: ${served} in the node, ${explained} left out for a reason, ${missing} missing.`,
);
if (strangers.length > 0) console.log(`Not in the catalogue: ${strangers.join(', ')}`);
if (missing > 0 || strangers.length > 0) process.exitCode = 1;
