// The workflow template killed at random moments, between faults of every kind: what the ledger says
// afterwards is held against what Keeper and the mail server really did.
import { setTimeout as sleep } from 'node:timers/promises';
import {
	FAULT_KINDS,
	type FaultKind,
	type FaultRule,
} from '../../sandbox/keeper-partner/faults.mts';
import { generateStudents, toCsv } from '../../sandbox/students/generate.mts';
import { EnrollmentScene } from './enrollment-scene.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n } from '../../sandbox/n8n/instance.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { effort, SEED } from '../effort.mts';
import { present } from '../present.mts';

jest.setTimeout(900_000);

const STUDENTS = generateStudents(300, 2026);
const MAILS_PER_BATCH = 10;

/** Answers after which the service says for sure that there is no license. */
const SURELY_NOT: ReadonlySet<FaultKind> = new Set([
	'429',
	'403-throttled',
	'success-false',
	'redirect-other-host',
]);
/** Answers that confirm the license. */
const SURELY: ReadonlySet<FaultKind> = new Set(['missing-vault-url']);

let scene: EnrollmentScene;

afterAll(async () => {
	await scene?.close();
	await scene?.n8n.discard();
});

it('neither provisions twice nor loses anybody, and its ledger tells the truth', async () => {
	const random = randomNumbers(SEED);
	const between = (least: number, most: number) => least + Math.floor(random() * (most - least));
	const n8n = await startN8n({ tarballs: packageTarballs() });
	scene = await EnrollmentScene.open(n8n, toCsv(STUDENTS), {
		keeperTimeoutSeconds: 2,
		mailsPerBatch: MAILS_PER_BATCH,
	});
	const { keeper, mailbox } = scene;
	keeper.setFaults({ rules: faultsOfEveryKind(between) });

	// Each kill waits for something that a run does, so that it falls into that phase.
	const requests = (least: number, most: number) => {
		const count = keeper.stats().requests + between(least, most);
		return async () => await keeper.whenReceived(count);
	};
	const moments = [
		() => async () => await untilLedgerHas(between(10, 290)),
		() => requests(5, 60),
		() => requests(30, 90),
		() => requests(30, 80),
		() => async () => void (await mailbox.waitFor(between(5, 200), 600_000)),
	];
	let told = '';
	const sendingAtKill = new Set<string>();
	for (const moment of moments.slice(0, effort(1, moments.length))) {
		const reached = moment();
		const run = await scene.start();
		await Promise.race([reached(), sleep(400_000, undefined, { ref: false })]);
		const { status } = await scene.n8n.rest.execution(run);
		expect(status).toBe('running');
		await sleep(between(0, 300));
		told += scene.n8n.log();
		await scene.powerCut();
		for (const { email_key, status } of await scene.ledger()) {
			if (status === 'sending') sendingAtKill.add(email_key);
		}
	}
	// A fault at the first call of a batch ends a run: the next one takes up the rest. No fault comes
	// twice, so there are at most as many such runs as faults.
	let rows = await scene.ledger();
	for (let left = Object.keys(FAULT_KINDS).length; ; left -= 1) {
		const run = await scene.run();
		expect(run.error).toBeUndefined();
		rows = await scene.ledger();
		if (left === 0 || rows.every(({ status }) => status)) break;
	}
	told += scene.n8n.log() + JSON.stringify(mailbox.mails());

	const licenses = new Map(keeper.ledger().map((row) => [row.email.toLowerCase(), row]));
	expect(keeper.stats().duplicates).toBe(0);
	expect(rows.map(({ email_key }) => email_key).sort()).toEqual(
		STUDENTS.map(({ email }) => email).sort(),
	);

	const mailed = new Map<string, number>();
	for (const { to } of scene.activationMails()) mailed.set(to, (mailed.get(to) ?? 0) + 1);
	const unclear = new Set(
		keeper
			.appliedFaults()
			.filter(({ kind }) => !SURELY_NOT.has(kind) && !SURELY.has(kind))
			.map(({ email }) => email),
	);
	for (const { email_key, status, order_number } of rows) {
		const of = (fact: unknown) => ({ email_key, fact });
		const license = licenses.get(email_key);
		switch (status) {
			case 'mailed':
				expect(of(order_number)).toEqual(of(license?.orderNumber));
				expect(of(mailed.has(email_key))).toEqual(of(true));
				break;
			case 'failed':
				expect(of(license)).toEqual(of(undefined));
				break;
			default:
				expect(of(status)).toEqual(of('unknown'));
				expect(of(unclear.has(email_key) || sendingAtKill.has(email_key))).toEqual(of(true));
				expect(of(mailed.has(email_key))).toEqual(of(false));
		}
	}
	// Only the batch of mails that a kill fell into can have been sent again.
	const repeated = [...mailed.values()].filter((count) => count > 1);
	expect(repeated.length).toBeLessThanOrEqual(MAILS_PER_BATCH);
	// The faults were met, and the kills hit runs at work.
	expect(new Set(keeper.appliedFaults().map(({ kind }) => kind)).size).toBe(
		Object.keys(FAULT_KINDS).length,
	);
	expect(rows.filter(({ status }) => status === 'mailed').length).toBeGreaterThan(150);

	const hashes = keeper
		.requests()
		.map(({ rawQuery }) => present(new URLSearchParams(rawQuery ?? '').get('hash')));
	expect(storedTexts(n8n.userFolder, hashes)).toEqual([]);
	expect(hashes.filter((hash) => told.includes(hash))).toEqual([]);
});

async function untilLedgerHas(count: number): Promise<void> {
	while ((await scene.ledger()).length < count) await sleep(50);
}

/** One student for each kind of fault: 7 % of them all. */
function faultsOfEveryKind(between: (least: number, most: number) => number): FaultRule[] {
	const unlucky = new Set<string>();
	const kinds = Object.keys(FAULT_KINDS) as FaultKind[];
	while (unlucky.size < kinds.length) unlucky.add(STUDENTS[between(0, STUDENTS.length)].email);
	return [...unlucky].map((email, index) => ({
		kind: kinds[index],
		email,
		times: 1,
		...(kinds[index] === 'redirect-other-host' && { redirectTo: 'http://127.0.0.1:9' }),
	}));
}

/** Numbers from 0 up to but not 1, the same ones for the same seed: a linear congruential generator. */
function randomNumbers(seed: number): () => number {
	let state = (seed * 2_654_435_761 + 1) >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
