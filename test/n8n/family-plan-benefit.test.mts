// The Family Plan as a benefit, from the form to the mail, in a real n8n.
import { startKeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../sandbox/keeper-partner/server.mts';
import type { Mail } from '../../sandbox/mailbox/mail-store.mts';
import { startMailbox, type Mailbox } from '../../sandbox/mailbox/server.mts';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { createLedger, LEDGER_TABLE } from '../../sandbox/n8n/templates/enrollment-template.mts';
import {
	copyOf,
	nodeOf,
	workflowTemplate,
} from '../../sandbox/n8n/templates/workflow-template.mts';
import { present } from '../present.mts';
import { until } from '../until.mts';

jest.setTimeout(300_000);

const MANAGER = 'manager@northfield.example';
const IT = 'it@northfield.example';
const PARTNER = { partnerName: 'northfield', partnerSecret: 'Ahorn-Birke-Cedar-Dattel' };

let n8n: StartedN8n;
let keeper: KeeperPartnerSandbox;
let mailbox: Mailbox;
let ledgerId: string;
let workflowId: string;
let formPath: string;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
	keeper = await startKeeperPartnerSandbox(PARTNER);
	mailbox = await startMailbox();
	ledgerId = await createLedger(n8n.rest);
	await install(ledgerId);
});
afterAll(async () => {
	await n8n?.discard();
	await keeper?.close();
	await mailbox?.close();
});

async function install(buyIntoLedger: string): Promise<void> {
	if (workflowId) await n8n.rest.unpublish(workflowId);
	const template = workflowTemplate(
		'family-plan-benefit',
		{ buyIntoLedger, managerAddress: MANAGER, reportTo: IT },
		{
			keeperPartnerApi: await n8n.rest.createCredential('keeperPartnerApi', {
				...PARTNER,
				region: 'custom',
				baseUrl: keeper.url,
			}),
			smtp: await n8n.rest.createCredential('smtp', {
				host: '127.0.0.1',
				port: mailbox.smtpPort,
				secure: false,
				disableStartTls: true,
			}),
		},
	);
	workflowId = (await n8n.rest.createWorkflow(copyOf(template))).id;
	await n8n.rest.publish(workflowId);
	formPath = `/form/${present(nodeOf(template, 'Request').webhookId)}`;
}

const mailsTo = (address: string): Mail[] => mailbox.mails().filter(({ to }) => to === address);

/** Sends the form, and returns the manager's mail once it is there. */
async function ask(work: string, priv: string): Promise<Mail> {
	const before = mailsTo(MANAGER).length;
	await send(work, priv);
	await until(async () => mailsTo(MANAGER).length > before);
	return present(mailsTo(MANAGER).at(-1));
}

async function send(work: string, priv: string): Promise<void> {
	const body = new FormData();
	for (const [index, value] of ['Ann', 'Lee', work, priv].entries()) {
		body.append(`field-${index}`, value);
	}
	expect((await fetch(`${n8n.url}${formPath}`, { method: 'POST', body })).status).toBe(200);
}

/** Opens the link of the manager's mail, which alone decides nothing, and sends the form there. */
async function answer(mail: Mail, decision: 'Approve' | 'Decline'): Promise<void> {
	const link = present(/href="([^"]+webhook-waiting[^"]+)"/.exec(mail.html ?? ''))[1];
	const url = link.replaceAll('&amp;', '&');
	expect(await (await fetch(url)).text()).toContain('Decision');
	const body = new FormData();
	body.append('field-0', decision);
	expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
}

async function ended(count: number): Promise<void> {
	await until(async () => {
		const executions = await n8n.rest.executions({ workflowId });
		return executions.filter(({ status }) => status === 'success').length >= count;
	});
}

const row = async (email: string) =>
	(await n8n.rest.dataTables.rows(ledgerId)).find(({ email_key }) => email_key === email);

it('is bought once it is approved, for the address and the employee once', async () => {
	const mail = await ask('ann@northfield.example', 'Ann@home.example');
	expect(mail.html).toContain('Ann Lee (ann@northfield.example)');
	expect(keeper.stats().requests).toBe(0);
	await answer(mail, 'Approve');
	await ended(1);
	expect(keeper.ledger()).toEqual([
		expect.objectContaining({ email: 'Ann@home.example', firstName: 'Ann', lastName: 'Lee' }),
	]);
	expect(await row('ann@home.example')).toMatchObject({
		status: 'mailed',
		plan: 'family',
		student_id: 'ann@northfield.example',
		order_number: keeper.ledger()[0].orderNumber,
	});
	expect(mailsTo('Ann@home.example')).toHaveLength(1);

	await send('ann@northfield.example', 'ann.other@home.example');
	await send('bob@northfield.example', 'ann@home.example');
	await ended(3);
	expect(keeper.stats().requests).toBe(1);
	expect(mailsTo(IT)).toHaveLength(2);
});

it('asked for twice at once and approved twice, it is bought once', async () => {
	const first = await ask('eve@northfield.example', 'eve@home.example');
	const second = await ask('eve@northfield.example', 'eve@home.example');
	const before = (await n8n.rest.executions({ workflowId })).filter(
		({ status }) => status === 'success',
	).length;
	await Promise.all([answer(first, 'Approve'), answer(second, 'Approve')]);
	await ended(before + 2);
	expect(keeper.ledger().filter(({ email }) => email === 'eve@home.example')).toHaveLength(1);
	expect(keeper.stats().duplicates).toBe(0);
	expect(mailsTo('eve@home.example')).toHaveLength(1);
});

it('declined, it is not bought, and the employee is told', async () => {
	const requests = keeper.stats().requests;
	await answer(await ask('joe@northfield.example', 'joe@home.example'), 'Decline');
	await until(async () => mailsTo('joe@northfield.example').length > 0);
	expect(mailsTo('joe@northfield.example')[0].text).toContain('was not approved');
	expect(keeper.stats().requests).toBe(requests);
});

it('interrupted by the death of n8n during the call, it is not bought again, and IT is told', async () => {
	const mail = await ask('pat@northfield.example', 'pat@home.example');
	const count = keeper.stats().requests + 1;
	keeper.setFaults({ latencyMs: 5_000 });
	await answer(mail, 'Approve');
	await keeper.whenReceived(count);
	await n8n.kill();
	keeper.setFaults({});
	n8n = await startN8n({ userFolder: n8n.userFolder });
	expect(await row('pat@home.example')).toMatchObject({ status: 'sending' });

	const reports = mailsTo(IT).length;
	await send('pat@northfield.example', 'pat@home.example');
	await until(async () => mailsTo(IT).length > reports);
	expect(mailsTo(IT).at(-1)?.text).toContain('(status sending)');
	expect(keeper.stats().requests).toBe(count);
});

it('without the ID of the ledger it only previews; with that of another, it ends as failed', async () => {
	const requests = keeper.stats().requests;
	await install('');
	const reports = mailsTo(IT).length;
	await answer(await ask('kim@northfield.example', 'kim@home.example'), 'Approve');
	await until(async () => mailsTo(IT).length > reports);
	expect(mailsTo(IT).at(-1)?.text).toContain('It was a preview');
	expect(mailsTo('kim@home.example')).toEqual([]);

	await n8n.rest.dataTables.rename(ledgerId, `${LEDGER_TABLE} (old)`);
	await install(ledgerId);
	await send('kim@northfield.example', 'kim@home.example');
	await until(async () => (await n8n.rest.executions({ workflowId }))[0]?.status === 'error');
	expect((await n8n.rest.executions({ workflowId }))[0].status).toBe('error');
	expect(keeper.stats().requests).toBe(requests);
});
