// The workflow template that mails the owners of licenses, in a real n8n behind a proxy for TLS, told
// by a Keygen whose webhooks it verifies.
import { setTimeout as sleep } from 'node:timers/promises';

import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { LicenseScene, REPORT_TO } from './license-scene.mts';
import { HOST, startTlsProxy, type TlsProxy } from '../../sandbox/n8n/tls-proxy.mts';

jest.setTimeout(180_000);

const DAY = 86_400;

let n8n: StartedN8n;
let proxy: TlsProxy;
let scene: LicenseScene;
let workflowId: string;

beforeAll(async () => {
	n8n = await startN8n({
		tarballs: packageTarballs(),
		env: { WEBHOOK_URL: `https://${HOST}/` },
	});
	proxy = await startTlsProxy(n8n.url);
});
afterAll(async () => {
	await n8n?.discard();
	await proxy?.close();
});

beforeEach(async () => {
	scene = await LicenseScene.open(n8n, {
		webhooks: { ca: proxy.ca, hosts: { [HOST]: `127.0.0.1:${proxy.port}` } },
	});
	workflowId = await scene.publish('license-lifecycle-mails', {
		renewalUrl: 'https://northfield.example/renew-here',
	});
});
afterEach(async () => {
	await n8n.rest.unpublish(workflowId);
	await scene.close();
});

describe('the owner of a license', () => {
	it('gets the key of a new one, which is valid', async () => {
		const { key } = await newLicense({ owner: 'ada@customer.example' });
		const [mail] = await mails(1);
		expect(mail).toMatchObject({
			to: 'ada@customer.example',
			from: expect.stringContaining('licenses@northfield.example'),
			subject: 'Your license for Northfield Studio',
		});
		expect(mail.text).toContain('Hello Ada,');
		expect(mail.text).toContain(`\n${key}\n`);
		expect(mail.text).toContain('It does not expire.');
		expect(await scene.verdict(key)).toBe('VALID');
	});

	it('is told that it expires soon, and on which day', async () => {
		const expiry = inSeconds(2 * DAY);
		const { key } = await newLicense({ owner: 'ada@customer.example', expiry });
		const [made] = await mails(1);
		expect(made.text).toContain(`It is good until ${dayOf(expiry)}.`);

		scene.mailbox.clear();
		announceWhatIsDue();
		const [mail] = await mails(1);
		expect(mail).toMatchObject({
			to: 'ada@customer.example',
			subject: 'Your license for Northfield Studio expires soon',
		});
		expect(mail.text).toContain(`expires on ${dayOf(expiry)}.`);
		expect(mail.text).toContain('https://northfield.example/renew-here');
		expect(mail.text).not.toContain(key);
	});

	it('is told that it has expired, and when', async () => {
		const expiry = inSeconds(-3600);
		const { key } = await newLicense({ owner: 'ada@customer.example', expiry });
		await mails(1);
		scene.mailbox.clear();
		announceWhatIsDue();
		const [mail] = await mails(1);
		expect(mail).toMatchObject({
			to: 'ada@customer.example',
			subject: 'Your license for Northfield Studio has expired',
		});
		expect(mail.text).toContain(`expired on ${dayOf(expiry)}.`);
		expect(mail.text).toContain('https://northfield.example/renew-here');
		expect(mail.text).not.toContain(key);
	});

	it('is told that it is suspended', async () => {
		const { id } = await newLicense({ owner: 'ada@customer.example' });
		await mails(1);
		scene.mailbox.clear();
		await scene.ask('POST', `/licenses/${id}/actions/suspend`);
		const [mail] = await mails(1);
		expect(mail).toMatchObject({
			to: 'ada@customer.example',
			subject: 'Your license for Northfield Studio is suspended',
		});
		expect(mail.text).toContain('help@northfield.example');
	});

	it('gets no second mail with the key of a license that a payment made', async () => {
		await newLicense({ owner: 'ada@customer.example', metadata: { paymentId: 'cs_1' } });
		expect(await mails(0)).toEqual([]);
	});

	it('is told of nothing else', async () => {
		const { id } = await newLicense({ owner: 'ada@customer.example' });
		await scene.ask('PATCH', `/licenses/${id}`, {
			data: { type: 'licenses', attributes: { name: 'Renamed' } },
		});
		await scene.ask('POST', `/licenses/${id}/actions/validate`);
		expect(await mails(1)).toHaveLength(1);
	});
});

it('the vendor learns of a license without an owner', async () => {
	const { id, key } = await newLicense({ name: 'Spare license' });
	const [mail, ...more] = await mails(1);
	expect([mail.to, more]).toEqual([REPORT_TO, []]);
	expect(mail.subject).toBe('license.created: a license without an owner');
	expect(mail.text).toContain('Spare license');
	expect(mail.text).toContain(id);
	expect(mail.text).not.toContain(key);
});

it('what could not be mailed is a failed execution, and is mailed when that is retried', async () => {
	scene.mailbox.setFaults([{ kind: 'refuse' }]);
	await newLicense({ owner: 'ada@customer.example' });
	expect(await mails(0)).toEqual([]);
	const [failed, ...more] = await n8n.rest.executions({ workflowId });
	expect([failed.status, more]).toEqual(['error', []]);
	scene.mailbox.setFaults([]);
	await n8n.rest.request('POST', `/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
	expect((await mails(1)).map(({ to }) => to)).toEqual(['ada@customer.example']);
});

it('what went well is not stored by n8n', async () => {
	await newLicense({ owner: 'ada@customer.example' });
	await mails(1);
	expect(await n8n.rest.executions({ workflowId })).toEqual([]);
});

/** Makes a license as the vendor does, and with it the user who is to own it. */
async function newLicense({
	owner,
	expiry,
	...attributes
}: {
	owner?: string;
	expiry?: Date;
	[attribute: string]: unknown;
}): Promise<{ id: string; key: string }> {
	const relationships: Record<string, unknown> = {
		policy: { data: { type: 'policies', id: scene.policyId } },
	};
	if (owner !== undefined) {
		const [{ id }] = scene.keygen.seed({
			type: 'users',
			attributes: { email: owner, firstName: 'Ada', lastName: 'Lovelace' },
		});
		relationships.owner = { data: { type: 'users', id } };
	}
	const { data } = await scene.ask<{ data: { id: string; attributes: { key: string } } }>(
		'POST',
		'/licenses',
		{
			data: {
				type: 'licenses',
				attributes: { ...attributes, ...(expiry && { expiry: expiry.toISOString() }) },
				relationships,
			},
		},
	);
	return { id: data.id, key: data.attributes.key };
}

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

/** Such as `22 November 2026`. */
const dayOf = (date: Date): string =>
	`${date.getUTCDate()} ${date.toLocaleString('en', { month: 'long', timeZone: 'UTC' })} ${date.getUTCFullYear()}`;

/** Has the service do now what it does every ten minutes: announce what expires or has expired. */
const announceWhatIsDue = () => void scene.keygen.clock({ advance: 1 });

/** The mails of all events so far, once every event was delivered and its execution is over. */
async function mails(atLeast: number) {
	await scene.keygen.webhooksIdle();
	await scene.mailbox.waitFor(atLeast, 30_000);
	for (;;) {
		const running = await n8n.rest.executions({
			workflowId,
			status: ['new', 'running', 'waiting'],
		});
		if (running.length === 0) return scene.mailbox.mails();
		await sleep(100);
	}
}
