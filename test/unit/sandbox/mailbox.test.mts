import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startMailbox } from '../../../sandbox/mailbox/server.mts';
import type { Mailbox, MailboxOptions } from '../../../sandbox/mailbox/server.mts';
import { sendMail, talk } from './smtp-client.mts';

const JANE = 'jane@students.northfield.example';

const message = (subject: string, extra = '') =>
	[
		'From: Northfield IT <it@northfield.example>',
		`To: Jane Smith <${JANE}>`,
		`Subject: ${subject}`,
		'MIME-Version: 1.0',
		'Content-Type: multipart/alternative; boundary=b',
		'',
		'--b',
		'Content-Type: text/plain; charset=utf-8',
		'',
		'Your vault: https://keepersecurity.com/vault/#',
		'--b',
		'Content-Type: text/html; charset=utf-8',
		'',
		`<p>Your <a href="https://keepersecurity.com/vault/#">vault</a></p>${extra}`,
		'--b--',
		'',
	].join('\n');

let open: Mailbox[] = [];
const start = async (options?: MailboxOptions) => {
	const mailbox = await startMailbox(options);
	open.push(mailbox);
	return mailbox;
};
afterEach(async () => {
	for (const mailbox of open) await mailbox.close();
	open = [];
});

it('shows a mail that was sent, decoded', async () => {
	const mailbox = await start();
	const code = await sendMail(mailbox.smtpPort, {
		to: JANE,
		message: message('=?utf-8?B?V2lsbGtvbW1lbiwgU8O2aG5l?='),
	});

	expect(code).toBe(250);
	expect(await mailbox.waitFor(1)).toEqual([
		expect.objectContaining({
			id: 1,
			envelope: { from: 'it@northfield.example', to: [JANE] },
			from: '"Northfield IT" <it@northfield.example>',
			to: `"Jane Smith" <${JANE}>`,
			subject: 'Willkommen, Söhne',
			text: expect.stringContaining('Your vault: https://keepersecurity.com/vault/#'),
			html: expect.stringContaining('<a href="https://keepersecurity.com/vault/#">vault</a>'),
			attachments: [],
		}),
	]);
	const answer = await fetch(`${mailbox.webUrl}/api/mails`);
	expect(await answer.json()).toEqual({ mails: mailbox.mails() });
});

it('gives up waiting for mails that do not come', async () => {
	const mailbox = await start();
	await expect(mailbox.waitFor(1, 20)).rejects.toThrow('0 of 1 mails after 20 ms');
});

describe('faults', () => {
	it.each([
		['refuse', 550, 0],
		['temporary', 451, 0],
		['lose', 250, 0],
		['hang-up-before', undefined, 0],
		['hang-up-after', undefined, 1],
	] as const)('%s: the client gets %s and %i mail arrives', async (kind, code, arrived) => {
		const mailbox = await start({ faults: [{ kind, recipient: JANE.toUpperCase(), times: 1 }] });
		const mail = { to: JANE, message: message('Welcome') };
		expect(await sendMail(mailbox.smtpPort, mail)).toBe(code);
		expect(mailbox.mails()).toHaveLength(arrived);

		expect(await sendMail(mailbox.smtpPort, mail)).toBe(250);
		expect(mailbox.mails()).toHaveLength(arrived + 1);
	});

	it('spare other recipients', async () => {
		const mailbox = await start({ faults: [{ kind: 'refuse', recipient: JANE }] });
		const to = 'joan@students.northfield.example';
		expect(await sendMail(mailbox.smtpPort, { to, message: message('Welcome') })).toBe(250);
	});

	it('can be set over HTTP', async () => {
		const mailbox = await start();
		const post = (faults: unknown) =>
			fetch(`${mailbox.webUrl}/api/faults`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ faults }),
			});
		expect((await post([{ kind: 'vanish' }])).status).toBe(400);
		expect((await post([{ kind: 'refuse' }])).status).toBe(200);
		expect(await sendMail(mailbox.smtpPort, { to: JANE, message: message('Welcome') })).toBe(550);
	});
});

describe('logging in', () => {
	const plain = (user: string, pass: string) =>
		`AUTH PLAIN ${Buffer.from(`\0${user}\0${pass}`).toString('base64')}`;

	it('is not needed by default, and any login is accepted, without TLS', async () => {
		const { smtpPort } = await start();
		const [, hello, login] = await talk(smtpPort, ['EHLO c.example', plain('any', 'thing')]);
		expect(hello?.text).toContain('AUTH PLAIN LOGIN');
		expect(hello?.text).not.toContain('STARTTLS');
		expect(login?.code).toBe(235);
	});

	it('is needed, and checked, when set', async () => {
		const { smtpPort } = await start({ auth: { user: 'it', pass: 'right' } });
		const codes = async (...commands: string[]) =>
			(await talk(smtpPort, ['EHLO c.example', ...commands])).at(-1)?.code;
		expect(await codes('MAIL FROM:<a@b.example>')).toBe(530);
		expect(await codes(plain('it', 'wrong'))).toBe(535);
		expect(await codes(plain('it', 'right'), 'MAIL FROM:<a@b.example>')).toBe(250);
	});
});

describe('on disk', () => {
	let directory: string;
	beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'mailbox-'))));
	afterEach(() => rmSync(directory, { recursive: true }));

	it('keeps mails across a restart, with the envelope, and numbers on', async () => {
		const first = await start({ directory });
		await sendMail(first.smtpPort, { from: '', to: 'bcc@x.example', message: message('One') });
		await sendMail(first.smtpPort, { to: JANE, message: message('Two') });
		const before = first.mails();
		const raw = await (await fetch(`${first.webUrl}/mails/1/raw`)).text();
		await first.close();

		const second = await start({ directory });
		expect(second.mails()).toEqual(before);
		expect(second.mails()[0].envelope).toEqual({ from: '', to: ['bcc@x.example'] });
		expect(await (await fetch(`${second.webUrl}/mails/1/raw`)).text()).toBe(raw);
		await sendMail(second.smtpPort, { to: JANE, message: message('Three') });
		expect(second.mails().map(({ id, subject }) => [id, subject])).toEqual([
			[1, 'One'],
			[2, 'Two'],
			[3, 'Three'],
		]);
	});

	it('writes a mail that mail programs open, ending in the message as sent', async () => {
		const mailbox = await start({ directory });
		const source = message('Welcome').replaceAll('\n', '\r\n');
		await sendMail(mailbox.smtpPort, { to: JANE, message: source });
		expect(readdirSync(directory)).toEqual(['000001.eml']);
		const file = readFileSync(join(directory, '000001.eml'), 'utf8');
		expect(file).toMatch(/^Return-Path: <it@northfield\.example>\r\nDelivered-To: jane@/);
		expect(file.endsWith(`\r\n${source}\r\n`)).toBe(true);
	});

	it('is emptied by DELETE', async () => {
		const mailbox = await start({ directory });
		await sendMail(mailbox.smtpPort, { to: JANE, message: message('Welcome') });
		const answer = await fetch(`${mailbox.webUrl}/api/mails`, { method: 'DELETE' });
		expect(answer.status).toBe(204);
		expect(mailbox.mails()).toEqual([]);
		expect(readdirSync(directory)).toEqual([]);
	});
});

describe('pages', () => {
	const page = async (url: string) => {
		const answer = await fetch(url);
		return { policy: answer.headers.get('content-security-policy'), text: await answer.text() };
	};

	it('list mails, newest first, with markup shown as text', async () => {
		const mailbox = await start();
		await sendMail(mailbox.smtpPort, { to: JANE, message: message('<b>One</b>') });
		await sendMail(mailbox.smtpPort, { to: JANE, message: message('Two') });
		const { text } = await page(mailbox.webUrl);
		expect(text).toContain('&#60;b&#62;One&#60;/b&#62;');
		expect(text).not.toContain('<b>One</b>');
		expect(text.indexOf('Two')).toBeLessThan(text.indexOf('One'));
		expect(text).toContain('href="/mails/1"');
	});

	it('show the HTML of a mail where it can run and load nothing', async () => {
		const mailbox = await start();
		const script = '<script>alert(1)</script>';
		await sendMail(mailbox.smtpPort, { to: JANE, message: message('Hi', script) });

		const mail = await page(`${mailbox.webUrl}/mails/1`);
		expect(mail.text).toContain('<iframe sandbox="" ');
		expect(mail.text).not.toContain('<script');
		expect(mail.policy).toContain("default-src 'none'");

		const html = await page(`${mailbox.webUrl}/mails/1/html`);
		expect(html.text).toContain(script);
		expect(html.policy).toMatch(/^sandbox; default-src 'none';/);
	});

	it('empty the mailbox by their button', async () => {
		const mailbox = await start();
		await sendMail(mailbox.smtpPort, { to: JANE, message: message('Welcome') });
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const answer = await fetch(`${mailbox.webUrl}/clear`, { method: 'POST', headers });
		expect(await answer.text()).toContain('No mail yet.');
		expect(mailbox.mails()).toEqual([]);
	});

	it.each(['/mails/7', '/mails/7/html', '/mails/7/raw'])('answer 404 at %s', async (path) => {
		const mailbox = await start();
		expect((await fetch(mailbox.webUrl + path)).status).toBe(404);
	});
});
