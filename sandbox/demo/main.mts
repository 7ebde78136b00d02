// The nightly enrollment of a sample of students: a real n8n, a stand-in for Keeper and a mailbox.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { packageTarballs } from '../n8n/installed.mts';
import { startN8n } from '../n8n/instance.mts';
import { owner } from '../n8n/api/rest-session.mts';
import { filesFolder } from '../n8n/user-folder.mts';
import { startKeeperPartnerSandbox } from '../keeper-partner/server.mts';
import { startMailbox } from '../mailbox/server.mts';
import { installEnrollment, SECRET, PARTNER, PRIMARY_DOMAIN } from './enrollment.mts';
import { report } from './report.mts';
import { portOrAnother } from '../ports.mts';

const { values } = parseArgs({
	options: { once: { type: 'boolean' }, fresh: { type: 'boolean' } },
});

const repository = path.resolve(import.meta.dirname, '..', '..');
const home = path.join(repository, '.cache', 'demo');
if (values.fresh) rmSync(home, { recursive: true, force: true });
const userFolder = path.join(home, 'n8n');
mkdirSync(filesFolder(userFolder), { recursive: true });

const say = (line = '') => console.log(line);

const keeper = await startKeeperPartnerSandbox({
	port: await portOrAnother(8701),
	partnerName: PARTNER,
	partnerSecret: SECRET,
	primaryDomains: [PRIMARY_DOMAIN],
	ledgerFile: path.join(home, 'keeper-ledger.jsonl'),
});
const mailbox = await startMailbox({
	smtpPort: await portOrAnother(8725),
	webPort: await portOrAnother(8702),
	directory: path.join(home, 'mails'),
});
const students = path.join(filesFolder(userFolder), 'students.csv');
copyFileSync(path.join(repository, 'sandbox', 'students', 'sample.csv'), students);

say('Starting n8n ...');
const n8n = await startN8n({
	userFolder,
	tarballs: packageTarballs(),
	port: await portOrAnother(5678),
});
const close = async () => {
	await n8n.stop();
	await mailbox.close();
	await keeper.close();
};

try {
	const workflow = await installEnrollment(n8n.rest, {
		keeperUrl: keeper.url,
		smtpPort: mailbox.smtpPort,
		students,
	});
	const run = async () => {
		const execution = await n8n.rest.runWorkflow(workflow.id, {
			trigger: workflow.trigger,
			timeoutMs: 300_000,
		});
		if (execution.status === 'success') return;
		throw new Error(`The workflow ended as ${execution.status}: ${execution.error?.message}`);
	};
	const counted = () => ({ licenses: keeper.ledger().length, mails: mailbox.mails().length });

	say('Running the nightly enrollment as it is imported: a preview, which buys nothing ...');
	const atStart = counted();
	await run();
	say(`Licenses created by the preview: ${counted().licenses - atStart.licenses}`);
	say(`Its report to IT: "${mailbox.mails().at(-1)?.subject}"`);
	say();
	say(
		"Turning it on, as a person does: the ledger's ID in 'buyIntoLedger', and 'studentsAtMost' up.",
	);
	await workflow.turnOn();
	const before = counted();
	say('Running the nightly enrollment ...');
	await run();
	say();
	say(report(await workflow.ledger()));
	say("('mailed' means provisioned, and the activation mail is sent.)");
	say();
	say(
		`Licenses created in this run: ${keeper.ledger().length - before.licenses} (${keeper.ledger().length} in all)`,
	);
	say(
		`Mails sent in this run:       ${mailbox.mails().length - before.mails} (${mailbox.mails().length} in all)`,
	);
	say(`Mails are kept in             ${path.join(home, 'mails')}`);
	if (!values.once) {
		say();
		say(
			`Editor     ${n8n.url}/workflow/${workflow.id}   (sign in as ${owner.email}, password ${owner.password})`,
		);
		say(`Ledger     ${n8n.url}${await workflow.ledgerPath()}`);
		say(`Mailbox    ${mailbox.webUrl}`);
		say(`Keeper     ${keeper.url}   (the stand-in, with the licenses it created)`);
		say();
		say(
			'Ctrl+C ends all of it. A second start takes up where this one stopped; `npm start -- --fresh` forgets.',
		);
		await new Promise((resolve) => {
			process.once('SIGINT', resolve);
			process.once('SIGTERM', resolve);
		});
	}
} finally {
	await close();
}
