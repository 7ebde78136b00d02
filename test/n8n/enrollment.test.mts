// The workflow template in a real n8n, between a list of students, a Keeper and a mail server.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { generateStudents, toCsv } from '../../sandbox/students/generate.mts';
import { EnrollmentScene, PARTNER } from './enrollment-scene.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { storedTexts } from '../../sandbox/n8n/api/stored-text.mts';
import { present } from '../present.mts';

const sample = path.resolve(import.meta.dirname, '../../sandbox/students');
const sampleCsv = readFileSync(path.join(sample, 'sample.csv'), 'utf8');
const expectations = JSON.parse(
	readFileSync(path.join(sample, 'sample.expectations.json'), 'utf8'),
) as Array<{ student_id: string; email: string; outcome: 'created' | 'refused' | 'not selected' }>;
const expected = (outcome: string) =>
	expectations.filter((row) => row.outcome === outcome).map(({ email }) => email);

jest.setTimeout(600_000);

let n8n: StartedN8n;
let scene: EnrollmentScene;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => await n8n?.discard());

// What was sent as proof of the secret, and all mails, over all tests.
const sentHashes = new Set<string>();
let mailTexts = '';
afterEach(async () => {
	for (const { rawQuery } of scene.keeper.requests()) {
		sentHashes.add(present(new URLSearchParams(rawQuery ?? '').get('hash')));
	}
	mailTexts += JSON.stringify(scene.mailbox.mails());
	await scene.close();
});

const sorted = (values: Iterable<unknown>) => [...values].map(String).sort();
const createdEmails = () => sorted(scene.keeper.ledger().map(({ email }) => email));

describe('the sample list', () => {
	it('gives each student the expected outcome, and a second run changes nothing', async () => {
		scene = await EnrollmentScene.open(n8n, sampleCsv);
		const first = await scene.run();
		expect(first.error).toBeUndefined();

		expect(createdEmails()).toEqual(sorted(expected('created')));
		const created = scene.keeper.ledger();
		const rows = await scene.ledger();
		for (const license of created) {
			const row = rows.find(({ email_key }) => email_key === license.email.toLowerCase());
			expect(row).toMatchObject({
				status: 'mailed',
				email: license.email,
				order_number: license.orderNumber,
				transaction_id: license.transactionId,
				vault_url: 'https://keepersecurity.com/vault/#',
			});
		}
		const refused = rows.filter(({ status }) => status === 'failed');
		expect(sorted(refused.map(({ email }) => email))).toEqual(sorted(expected('refused')));
		expect(rows).toHaveLength(created.length + refused.length);

		const mails = scene.activationMails();
		expect(sorted(mails.map(({ to }) => to))).toEqual(sorted(expected('created')));
		for (const { to, html, text } of mails) {
			const { firstName } = present(created.find(({ email }) => email === to));
			expect(text).toContain(`Hello ${firstName},`);
			expect(text).toContain('https://keepersecurity.com/vault/#');
			expect(html).toContain('href="https://keepersecurity.com/vault/#"');
			expect(html).toContain(escaped(`Hello ${firstName},`));
		}

		const [report, ...more] = scene.reports();
		expect(more).toEqual([]);
		for (const email of expected('refused')) expect(report.html).toContain(email);
		for (const email of expected('created')) expect(report.html).not.toContain(`>${email}<`);
		expect(report.subject).toContain('4 to look at');

		const second = await scene.run();
		expect(second.error).toBeUndefined();
		expect(createdEmails()).toEqual(sorted(expected('created')));
		expect(scene.keeper.stats().requests).toBe(created.length);
		expect(scene.activationMails()).toHaveLength(created.length);
		expect(await scene.ledger()).toHaveLength(rows.length);
	});

	it('says nothing when there is nothing to look at', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(generateStudents(3, 5)));
		await scene.run();
		await scene.run();
		expect(scene.keeper.stats()).toMatchObject({ created: 3, requests: 3 });
		expect(scene.activationMails()).toHaveLength(3);
		expect(scene.reports()).toEqual([]);
	});
});

describe('what a person does in the ledger', () => {
	it('calls again for `retry`, never for `unknown`, and mails whom it finds `provisioned`', async () => {
		const students = generateStudents(6, 11);
		// Not the first one: a run that meets a fault with its first call ends there.
		const [, lost, made, , other] = students.map(({ email }) => email);
		scene = await EnrollmentScene.open(n8n, toCsv(students), { keeperTimeoutSeconds: 2 });
		scene.keeper.setFaults({
			rules: [
				{ kind: '500-before', email: lost },
				{ kind: '500-after', email: made },
				{ kind: 'reset-after', email: other },
			],
		});
		await scene.run();
		const unknown = { [lost]: 'unknown', [made]: 'unknown', [other]: 'unknown' };
		expect(await scene.statuses()).toMatchObject(unknown);
		expect(scene.activationMails()).toHaveLength(3);
		for (const email of [lost, made, other]) expect(scene.reports()[0].html).toContain(email);

		scene.keeper.setFaults({});
		const requests = scene.keeper.stats().requests;
		await scene.run();
		expect(await scene.statuses()).toMatchObject(unknown);
		expect(scene.keeper.stats().requests).toBe(requests);
		expect(scene.reports()).toHaveLength(2);

		// The person has asked Keeper: the first has no license, the second has one.
		await scene.setStatus(lost, 'retry');
		await scene.setStatus(made, 'provisioned');
		await scene.run();
		expect(await scene.statuses()).toMatchObject({
			[lost]: 'mailed',
			[made]: 'mailed',
			[other]: 'unknown',
		});
		expect(scene.keeper.stats()).toMatchObject({ requests: requests + 1, duplicates: 0 });
		const mailed = scene.activationMails().map(({ to }) => to);
		expect(sorted(mailed)).toEqual(
			sorted(students.map(({ email }) => email).filter((e) => e !== other)),
		);
	});
});

describe('when something is wrong', () => {
	it('makes one call with a wrong secret, reports it, and provisions all with the right one', async () => {
		const students = generateStudents(30, 23);
		scene = await EnrollmentScene.open(n8n, toCsv(students), { studentsPerBatch: 10 });
		await scene.useCredentials({ secret: 'not-the-secret' });
		await scene.run();
		expect(scene.keeper.stats()).toMatchObject({ requests: 1, created: 0 });
		expect(scene.activationMails()).toEqual([]);
		const statuses = Object.values(await scene.statuses());
		// A batch was tried; the others were not even marked.
		expect(statuses.filter((status) => status === 'failed')).toHaveLength(10);
		expect(statuses.filter((status) => status === null)).toHaveLength(20);
		const [report] = scene.reports();
		expect(report.html).toContain('Keeper did not accept the credential');
		for (const { email } of students) expect(report.html).toContain(email);

		await scene.useCredentials({ secret: PARTNER.secret });
		await scene.run();
		expect(createdEmails()).toEqual(sorted(students.map(({ email }) => email)));
		expect(new Set(Object.values(await scene.statuses()))).toEqual(new Set(['mailed']));
	});

	it('tells IT that the list of students cannot be read, and still mails who waits for a mail', async () => {
		const students = generateStudents(2, 31);
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		await scene.run();
		await scene.setStatus(students[0].email, 'provisioned');
		scene.removeStudents();
		await scene.run();
		expect(scene.reports().map(({ subject }) => subject)).toEqual([
			'Keeper student licenses: no student list',
		]);
		expect(scene.activationMails().map(({ to }) => to)).toEqual([
			...students.map(({ email }) => email),
			students[0].email,
		]);
		expect(scene.keeper.stats().requests).toBe(2);
	});

	it('sends a mail that could not be sent with the next run, and says so in the report', async () => {
		const students = generateStudents(4, 37);
		const [refused] = students.map(({ email }) => email);
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		scene.mailbox.setFaults([{ kind: 'refuse', recipient: refused }]);
		await scene.run();
		expect(await scene.statuses()).toMatchObject({ [refused]: 'provisioned' });
		expect(scene.activationMails()).toHaveLength(3);
		expect(scene.reports()[0].html).toContain(refused);

		scene.mailbox.setFaults([]);
		await scene.run();
		expect(await scene.statuses()).toMatchObject({ [refused]: 'mailed' });
		expect(scene.activationMails().map(({ to }) => to)).toContain(refused);
		expect(scene.activationMails()).toHaveLength(4);
		expect(scene.keeper.stats().requests).toBe(4);
	});

	it('takes nobody for mailed when the mail server has no credential', async () => {
		const students = generateStudents(3, 41);
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		const good = scene.smtpCredentialId;
		await scene.useCredentials({ smtp: 'gone' });
		await scene.run();
		expect(new Set(Object.values(await scene.statuses()))).toEqual(new Set(['provisioned']));

		await scene.useCredentials({ smtp: good });
		await scene.run();
		expect(scene.activationMails()).toHaveLength(3);
		expect(scene.keeper.stats().requests).toBe(3);
	});
});

describe('two runs at once', () => {
	it('provision and mail each student once, and leave nothing unknown', async () => {
		const students = generateStudents(60, 47);
		scene = await EnrollmentScene.open(n8n, toCsv(students), { studentsPerBatch: 10 });
		scene.keeper.setFaults({ latencyMs: 150, rules: [{ kind: 'success-false', times: 3 }] });

		// The second begins while the first has a batch in flight.
		const first = await scene.start();
		await scene.keeper.whenReceived(13);
		const second = await scene.start();
		for (const id of [first, second]) expect((await scene.ended(id)).error).toBeUndefined();
		expect(scene.keeper.stats().duplicates).toBe(0);
		expect(Object.values(await scene.statuses())).not.toContain('unknown');

		// What was refused is tried again by whichever run comes after.
		await scene.run();
		expect(createdEmails()).toEqual(sorted(students.map(({ email }) => email)));
		expect(new Set(Object.values(await scene.statuses()))).toEqual(new Set(['mailed']));
		const mailed = scene.activationMails().map(({ to }) => to);
		expect(sorted(mailed)).toEqual(sorted(students.map(({ email }) => email)));
	});
});

describe('data of an earlier run', () => {
	const students = generateStudents(3, 53);

	it('calls nobody when a step is run again in the editor', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		const { runs } = await scene.run();
		const statuses = await scene.statuses();
		const { executionId } = await n8n.rest.request<{ executionId: string }>(
			'POST',
			`/rest/workflows/${scene.workflowId}/run`,
			{
				workflowData: await n8n.rest.workflow(scene.workflowId),
				runData: runs,
				destinationNode: { nodeName: 'Provision', mode: 'inclusive' },
				dirtyNodeNames: ['Provision'],
			},
		);
		const again = await n8n.rest.waitForExecution(executionId);
		expect(again.json('Provision')).not.toEqual([]);
		expect(scene.keeper.stats().requests).toBe(students.length);
		expect(await scene.statuses()).toEqual(statuses);
	});

	it('calls nobody when claimed students are pinned', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		const earlier = await scene.run();
		const statuses = await scene.statuses();
		const node = 'Claimed by This Run';
		await scene.usePinned({ [node]: earlier.items(node) });
		scene.setStudents(toCsv(generateStudents(4, 53)));
		const again = await scene.run();
		expect(again.json('Provision').map(({ outcome }) => outcome)).toEqual(
			students.map(() => 'preview'),
		);
		expect(scene.keeper.stats().requests).toBe(students.length);
		expect(await scene.statuses()).toMatchObject(statuses);
	});
});

describe('the secret', () => {
	it('is in no database, log or mail, and neither is what proves it', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(generateStudents(2, 59)));
		await scene.run();
		const [{ email, transactionId }] = scene.keeper.ledger();
		expect(sentHashes.size).toBeGreaterThan(0);
		// A search that finds what must be there.
		expect(storedTexts(n8n.userFolder, [email, transactionId])).toEqual([email, transactionId]);
		const secrets = [PARTNER.secret, 'not-the-secret', ...sentHashes];
		expect(storedTexts(n8n.userFolder, secrets)).toEqual([]);
		const told = n8n.log() + mailTexts + JSON.stringify(scene.mailbox.mails());
		expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
	});
});

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
