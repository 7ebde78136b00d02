// The workflow template that answers a payment with a license, in a real n8n, between a payment
// provider, a Keygen and a mail server.
import type { IDataObject } from 'n8n-workflow';

import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { LicenseScene, REPORT_TO, WEBHOOK_SECRET } from './license-scene.mts';
import { present } from '../present.mts';

jest.setTimeout(240_000);

const TEMPLATE = 'license-on-payment';

let n8n: StartedN8n;
let scene: LicenseScene;
let workflowId: string;
/** All that anybody was answered or that n8n logged must be free of these. */
const secrets = new Set([WEBHOOK_SECRET]);
let answers = '';

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => await n8n?.discard());

beforeEach(async () => {
	scene = await LicenseScene.open(n8n);
	workflowId = await scene.publish(TEMPLATE, { policyId: scene.policyId });
});
afterEach(async () => {
	await n8n.rest.unpublish(workflowId);
	for (const { key } of await scene.licenses()) secrets.add(key);
	await scene.close();
});

describe('a payment', () => {
	it('makes one user and one license under the policy, and one mail with a key that is valid', async () => {
		const answer = await deliver(payment('cs_1', { name: 'Ada Augusta Lovelace' }));
		expect(answer).toEqual({ status: 200, body: '' });

		const [license, ...more] = await scene.licenses();
		const users = await scene.users();
		expect([more, users.map(({ email }) => email)]).toEqual([[], ['cs_1@customer.example']]);
		expect(license).toMatchObject({ ownerId: users[0].id, policyId: scene.policyId });
		expect(license.metadata).toMatchObject({ paymentId: 'cs_1' });

		const [mail, ...others] = scene.mailbox.mails();
		expect(others).toEqual([]);
		expect(mail).toMatchObject({
			to: 'cs_1@customer.example',
			from: expect.stringContaining('licenses@northfield.example'),
			subject: 'Your license for Northfield Studio',
		});
		expect(mail.text).toContain('Hello Ada,');
		expect(mail.text).toContain('It does not expire.');
		expect(await scene.verdict(keyIn(mail.text))).toBe('VALID');
		expect(keyIn(mail.text)).toBe(license.key);
	});

	it('of a customer who is known already makes no second user', async () => {
		await deliver(payment('cs_first', { email: 'ada@customer.example' }));
		await deliver(payment('cs_second', { email: 'Ada@Customer.Example' }));
		const licenses = await scene.licenses();
		const users = await scene.users();
		expect(users).toHaveLength(1);
		expect(licenses.map(({ ownerId }) => ownerId)).toEqual([users[0].id, users[0].id]);
		expect(scene.customerMails().map(({ text }) => keyIn(text))).toEqual(
			licenses.map(({ key }) => key),
		);
	});

	it('may name its policy, and the mail says until when the license is good', async () => {
		const [policy] = scene.keygen.seed({
			type: 'policies',
			attributes: { name: 'A Month', duration: 30 * 86_400 },
		});
		await deliver(payment('cs_month', { metadata: { keygenPolicy: policy.id } }));
		expect(await scene.licenses()).toMatchObject([{ policyId: policy.id }]);
		const until = new Date(Date.now() + 30 * 86_400_000);
		expect(scene.customerMails()[0].text).toContain(
			`It is good until ${until.getUTCDate()} ${until.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${until.getUTCFullYear()}.`,
		);
	});

	it('is not stored by n8n once it is done', async () => {
		await deliver(payment('cs_done'));
		expect(await n8n.rest.executions({ workflowId })).toEqual([]);
	});
});

describe('a payment that is delivered again', () => {
	it('changes nothing', async () => {
		for (let round = 0; round < 3; round++) {
			expect(await deliver(payment('cs_again'))).toEqual({ status: 200, body: '' });
		}
		await expectOne('cs_again');
	});

	it('changes nothing under another event either', async () => {
		await deliver(payment('cs_late', { payment_status: 'unpaid' }));
		expect([await scene.licenses(), scene.mailbox.mails()]).toEqual([[], []]);
		const late = payment('cs_late', {}, 'checkout.session.async_payment_succeeded');
		expect((await deliver(late)).status).toBe(200);
		expect((await deliver(payment('cs_late'))).status).toBe(200);
		await expectOne('cs_late');
	});

	it('five times at once makes one license and one mail', async () => {
		// Answers take their time, so that the deliveries run into each other.
		scene.keygen.fault({ kind: 'latency', delay: 150 });
		const together = Array.from({ length: 5 }, () => deliver(payment('cs_together')));
		const statuses = (await Promise.all(together)).map(({ status }) => status);
		expect(statuses).toContain(200);
		expect(statuses.filter((status) => status !== 200 && status !== 500)).toEqual([]);
		expect((await deliver(payment('cs_together'))).status).toBe(200);
		await expectOne('cs_together');
		expect(scene.reports()).toEqual([]);
	});

	it('while the first delivery is at work is put off, in case the first should fail', async () => {
		scene.keygen.fault({ kind: 'latency', method: 'PATCH', delay: 8000 });
		const first = deliver(payment('cs_slow'));
		await scene.mailbox.waitFor(1, 30_000);
		expect((await deliver(payment('cs_slow'))).status).toBe(500);
		expect((await first).status).toBe(200);
		expect((await deliver(payment('cs_slow'))).status).toBe(200);
		await expectOne('cs_slow');
		expect(scene.reports()).toEqual([]);
	});

	it('waits for a delivery that was cut off, and then mails in its place', async () => {
		// The license of a delivery that died before the mail, as if made ten minutes ago.
		scene.keygen.clock({ advance: -600 });
		scene.mailbox.setFaults([{ kind: 'refuse' }]);
		scene.keygen.fault({ kind: '500', method: 'PATCH' });
		expect((await deliver(payment('cs_cut'))).status).toBe(500);
		scene.mailbox.setFaults([]);
		scene.keygen.clearFaults();
		scene.keygen.clock({ advance: 600 });
		expect(await scene.licenses()).toMatchObject([{ metadata: { paymentId: 'cs_cut' } }]);

		await scene.change(workflowId, { minutesPerDelivery: 11 });
		expect((await deliver(payment('cs_cut'))).status).toBe(500);
		expect(scene.mailbox.mails()).toEqual([]);
		await scene.change(workflowId, { minutesPerDelivery: 9 });
		expect((await deliver(payment('cs_cut'))).status).toBe(200);
		await expectOne('cs_cut');
	});
});

describe('when something is wrong', () => {
	const unknown = '0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31';

	it('with the policy, the vendor learns it, and a later delivery makes the license', async () => {
		await scene.change(workflowId, { policyId: unknown });
		expect((await deliver(payment('cs_policy'))).status).toBe(500);
		expect((await deliver(payment('cs_policy'))).status).toBe(500);
		expect([await scene.licenses(), scene.customerMails()]).toEqual([[], []]);
		const [report] = scene.reports();
		expect(report.subject).toBe('No license key sent for payment cs_policy');
		expect(report.text).toContain('cs_policy@customer.example');
		expect(report.text).toMatch(/'Policy'/);

		await scene.change(workflowId, { policyId: scene.policyId });
		expect((await deliver(payment('cs_policy'))).status).toBe(200);
		await expectOne('cs_policy');
		expect(await scene.users()).toHaveLength(1);
	});

	it.each(['500', '500-after', 'reset-after', '503'] as const)(
		'with the service (%s when the license is made), the provider learns it, and a later delivery succeeds',
		async (kind) => {
			scene.keygen.fault({ kind, method: 'POST', path: '/licenses', retryAfter: 1 });
			expect((await deliver(payment('cs_fault'))).status).toBe(500);
			expect(scene.customerMails()).toEqual([]);
			scene.keygen.clearFaults();
			await scene.change(workflowId, { minutesPerDelivery: 0 });
			expect((await deliver(payment('cs_fault'))).status).toBe(200);
			await expectOne('cs_fault');
		},
	);

	it('with the mail server, the vendor learns it, and a later delivery mails the same key', async () => {
		scene.mailbox.setFaults([{ kind: 'refuse', recipient: 'cs_mail@customer.example' }]);
		expect((await deliver(payment('cs_mail'))).status).toBe(500);
		const [license] = await scene.licenses();
		const [report, ...more] = scene.mailbox.mails();
		expect([report.to, more]).toEqual([REPORT_TO, []]);
		expect(report.text).toContain('cs_mail@customer.example');
		expect(report.text).not.toContain(license.key);

		scene.mailbox.setFaults([]);
		expect((await deliver(payment('cs_mail'))).status).toBe(200);
		await expectOne('cs_mail');
	});

	it('with the note that the mail was sent, the customer still gets one mail', async () => {
		scene.keygen.fault({ kind: '500', method: 'PATCH' });
		expect(await deliver(payment('cs_note'))).toEqual({ status: 200, body: '' });
		await expectOne('cs_note');
	});

	it('with the event, the vendor learns it', async () => {
		expect((await deliver(payment('cs_nobody', { email: null }))).status).toBe(500);
		expect((await deliver({ hello: 'world' })).status).toBe(500);
		expect(scene.reports().map(({ subject }) => subject)).toEqual([
			'No license key sent for payment cs_nobody',
			'No license key sent for payment without an ID',
		]);
		expect([await scene.licenses(), await scene.users()]).toEqual([[], []]);

		// What failed is in the list of executions as well, with the reason.
		const [failed, ...others] = await n8n.rest.executions({ workflowId });
		const { error } = await n8n.rest.execution(failed.id);
		expect([error?.message, others.length]).toEqual([expect.stringContaining('email address'), 1]);
	});
});

describe('whoever does not send the secret', () => {
	it.each([
		['a wrong one', { authorization: 'Bearer payments-guessed' }],
		['none', {}],
	])('but %s is turned away, and nothing happens', async (_, headers) => {
		expect((await deliver(payment('cs_forged'), headers)).status).toBe(403);
		expect([await scene.licenses(), await scene.users(), scene.mailbox.mails()]).toEqual([
			[],
			[],
			[],
		]);
		expect(await n8n.rest.executions({ workflowId })).toEqual([]);
	});
});

it('ignores events that are no payments', async () => {
	const refund = payment('cs_refund', {}, 'charge.refunded');
	expect(await deliver(refund)).toEqual({ status: 200, body: '' });
	expect([await scene.licenses(), scene.mailbox.mails()]).toEqual([[], []]);
});

it('reads events as the Stripe Trigger of n8n gives them, too', async () => {
	const { nodes, connections } = await n8n.rest.workflow(workflowId);
	const received = present(nodes.find(({ name }) => name === 'Payment Received'));
	const { id } = await n8n.rest.createWorkflow({
		nodes: nodes.map((node) =>
			node === received
				? { ...node, type: 'n8n-nodes-base.stripeTrigger', typeVersion: 1, parameters: {} }
				: node,
		),
		connections,
		pinData: { 'Payment Received': [{ json: payment('cs_stripe') as IDataObject }] },
	});
	const { error } = await n8n.rest.runWorkflow(id, { trigger: 'Payment Received' });
	expect(error).toBeUndefined();
	await expectOne('cs_stripe');
});

it('tells neither keys nor the secret in answers, in the log or to the vendor', () => {
	expect(secrets.size).toBeGreaterThan(5);
	const told = answers + n8n.log();
	expect([...secrets].filter((secret) => told.includes(secret))).toEqual([]);
});

/** One license for the payment, one mail with its key, and nothing else. */
async function expectOne(paymentId: string): Promise<void> {
	const licenses = await scene.licenses();
	expect(licenses).toMatchObject([{ metadata: { paymentId } }]);
	const mails = scene.customerMails();
	expect(mails.map(({ to }) => to)).toEqual([`${paymentId}@customer.example`]);
	expect(keyIn(mails[0].text)).toBe(licenses[0].key);
	expect(await scene.verdict(licenses[0].key)).toBe('VALID');
}

/** The key stands alone on a line of the mail. */
const keyIn = (text: string): string => /^[0-9A-F]{6}(-[0-9A-F]{6})+-V3$/m.exec(text)?.[0] ?? '';

/** An event as a payment provider sends it: the fields of Stripe's that matter here. */
function payment(
	id: string,
	{
		name = 'Ada Lovelace',
		email = `${id}@customer.example`,
		...session
	}: { name?: string; email?: string | null; [field: string]: unknown } = {},
	type = 'checkout.session.completed',
): Record<string, unknown> {
	return {
		id: `evt_${id}_${type}`,
		object: 'event',
		type,
		data: {
			object: {
				id,
				object: 'checkout.session',
				payment_status: 'paid',
				customer_details: { email, name },
				customer_email: null,
				metadata: {},
				...session,
			},
		},
	};
}

/** Delivers an event as a payment provider does. */
async function deliver(
	event: Record<string, unknown>,
	headers: Record<string, string> = { authorization: WEBHOOK_SECRET },
): Promise<{ status: number; body: string }> {
	const response = await fetch(`${n8n.url}/webhook/license-on-payment`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', connection: 'close', ...headers },
		body: JSON.stringify(event),
	});
	const body = await response.text();
	answers += body;
	return { status: response.status, body };
}
