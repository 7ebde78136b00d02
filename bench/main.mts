// `npm run bench`: measures what the documentation promises, prints it and writes it to
// docs/benchmarks.md. `npm run bench -- provisioning audit-events` measures those only and writes
// nothing, and neither does `--check`. `--quick` shows that everything works, with few items.
// `--profile` says where the time goes.
import { isMet, table, type Figure } from './figures.mts';
import { seconds, timeOf } from './medians.mts';
import { writeReport } from './report.mts';
import { auditEvents } from './rows/audit-events.mts';
import { eventFormats } from './rows/event-formats.mts';
import { keygenLists } from './rows/keygen-lists.mts';
import { poll } from './rows/poll.mts';
import { provisioning } from './rows/provisioning.mts';
import { provisioningCosts } from './rows/provisioning-costs.mts';
import { startUp } from './rows/start-up.mts';
import { verification } from './rows/verification.mts';
import { webhook } from './rows/webhook.mts';
import { Scene, type Bench } from './scene.mts';

const BENCHES: Bench[] = [
	provisioning,
	provisioningCosts,
	keygenLists,
	auditEvents,
	eventFormats,
	poll,
	webhook,
	verification,
	startUp,
];

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
	const known = BENCHES.map(({ name }) => name).join(', ');
	throw new Error(`There is no bench named ${unknown.join(', ')}. There are: ${known}`);
}
const quick = args.includes('--quick');
const scene = new Scene({ quick, profiles: args.includes('--profile') });
const figures: Figure[] = [];
try {
	for (const bench of BENCHES) {
		if (names.length > 0 && !names.includes(bench.name)) continue;
		const took = await timeOf(async () => {
			const found = await bench.run(scene);
			figures.push(...found);
			console.log(`\n${table(found)}`);
		});
		scene.progress(`${bench.name}: measured in ${seconds(took)}`);
	}
} finally {
	await scene.end();
}
if (names.length === 0 && !quick && !args.includes('--check')) writeReport(figures);
const missed = figures.filter((figure) => !isMet(figure));
console.log(`\n${figures.length - missed.length} of ${figures.length} figures are met.`);
process.exit(missed.length > 0 && !quick ? 1 : 0);
