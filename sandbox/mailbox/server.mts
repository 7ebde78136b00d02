import type { AddressInfo } from 'node:net';

import fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';

import { openMailStore } from './mail-store.mts';
import type { Mail, MailStore } from './mail-store.mts';
import { renderList, renderMail } from './pages.mts';
import { createMailFaults, createSmtpServer } from './smtp.mts';
import type { MailFault, MailFaults, SmtpOptions } from './smtp.mts';

export type MailboxOptions = SmtpOptions & {
	/** 0 or absent: any free port. */
	smtpPort?: number;
	/** 0 or absent: any free port. */
	webPort?: number;
	/** Keeps every mail as an .eml file; a second start reads them back. */
	directory?: string;
	faults?: MailFault[];
};

export type Mailbox = {
	smtpPort: number;
	/** Base URL of pages and JSON API, without trailing slash. */
	webUrl: string;
	mails(): readonly Mail[];
	/** Resolves with all mails once there are `count`; rejects after `timeoutMs` (default 10000). */
	waitFor(count: number, timeoutMs?: number): Promise<readonly Mail[]>;
	/** Replaces all faults. */
	setFaults(faults: MailFault[]): void;
	/** Removes all mails, also from disk. */
	clear(): void;
	close(): Promise<void>;
};

/**
 * Starts a mail server on 127.0.0.1 that takes mail for anyone and shows it on a web page.
 *
 * JSON API: `GET /api/mails`, `DELETE /api/mails`, `POST /api/faults` with `{ "faults": [...] }`.
 */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
	const store = await openMailStore(options.directory);
	const faults = createMailFaults();
	faults.set(options.faults ?? []);

	const smtp = createSmtpServer(store, faults, options);
	// A client that breaks off is an ordinary event, here on purpose.
	smtp.on('error', () => {});
	const smtpPort = await new Promise<number>((resolve, reject) => {
		smtp.server.once('error', reject);
		const listener = smtp.listen(options.smtpPort ?? 0, '127.0.0.1', () =>
			resolve((listener.address() as AddressInfo).port),
		);
	});

	const web = createWeb(store, faults);
	const webUrl = await web.listen({ port: options.webPort ?? 0, host: '127.0.0.1' });

	return {
		smtpPort,
		webUrl,
		mails: store.mails,
		waitFor: (count, timeoutMs = 10_000) => waitFor(store, count, timeoutMs),
		setFaults: faults.set,
		clear: store.clear,
		async close() {
			for (const connection of smtp.connections) connection._socket.destroy();
			await new Promise<void>((closed) => smtp.close(closed));
			await web.close();
		},
	};
}

function waitFor(store: MailStore, count: number, timeoutMs: number): Promise<readonly Mail[]> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			stop();
			reject(new Error(`${store.mails().length} of ${count} mails after ${timeoutMs} ms`));
		}, timeoutMs);
		const check = () => {
			if (store.mails().length < count) return;
			stop();
			clearTimeout(timer);
			resolve(store.mails());
		};
		const stop = store.onDelivery(check);
		check();
	});
}

const PAGE_POLICY =
	"default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'";
/** For the HTML of a mail: no script, no network, no forms; pictures only from within the mail. */
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

type WithId = { Params: { id: string } };

function createWeb(store: MailStore, faults: MailFaults): FastifyInstance {
	const app = fastify({ forceCloseConnections: true });
	const find = (id: string) => store.mails().find((mail) => String(mail.id) === id);
	const send = (reply: FastifyReply, type: string, policy: string, body: string | Buffer) =>
		reply.type(type).header('content-security-policy', policy).send(body);
	const notFound = (reply: FastifyReply) => reply.code(404).send({ message: 'no such mail' });

	// The page's button is a plain form, which posts this type with an empty body.
	app.addContentTypeParser('application/x-www-form-urlencoded', (_, body, done) => {
		body.resume().on('end', () => done(null));
	});

	app.get('/', async (_, reply) =>
		send(reply, 'text/html; charset=utf-8', PAGE_POLICY, renderList(store.mails())),
	);
	app.post('/clear', async (_, reply) => {
		store.clear();
		return reply.redirect('/', 303);
	});
	app.get<WithId>('/mails/:id', async ({ params }, reply) => {
		const mail = find(params.id);
		const raw = mail && store.raw(mail.id);
		if (!raw) return notFound(reply);
		return send(reply, 'text/html; charset=utf-8', PAGE_POLICY, renderMail(mail, raw));
	});
	app.get<WithId>('/mails/:id/html', async ({ params }, reply) => {
		const html = find(params.id)?.html;
		if (html === undefined) return notFound(reply);
		return send(reply, 'text/html; charset=utf-8', MAIL_POLICY, html);
	});
	app.get<WithId>('/mails/:id/raw', async ({ params }, reply) => {
		const raw = store.raw(Number(params.id));
		if (!raw) return notFound(reply);
		return send(reply, 'text/plain; charset=utf-8', MAIL_POLICY, raw);
	});

	app.get('/api/mails', async () => ({ mails: store.mails() }));
	app.delete('/api/mails', async (_, reply) => {
		store.clear();
		return reply.code(204).send();
	});
	app.post<{ Body: { faults: MailFault[] } }>('/api/faults', async ({ body }, reply) => {
		try {
			faults.set(body.faults);
		} catch (error) {
			return reply.code(400).send({ message: (error as Error).message });
		}
		return { faults: body.faults };
	});
	return app;
}
