import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { simpleParser } from 'mailparser';

export type Envelope = { from: string; to: string[] };

/** A mail that was delivered. Header values are decoded; `raw` is the message as it came in. */
export type Mail = {
	/** 1 for the first mail, rising, never used twice unless the mailbox is emptied. */
	id: number;
	/** ISO 8601, UTC. */
	receivedAt: string;
	/** What the SMTP client said, which need not agree with the headers. */
	envelope: Envelope;
	from: string;
	to: string;
	subject: string;
	text: string;
	html?: string;
	/** In order of appearance, unfolded but not decoded. */
	headers: Array<{ name: string; value: string }>;
	attachments: Array<{ filename?: string; contentType: string; size: number }>;
};

export type MailStore = {
	mails(): readonly Mail[];
	raw(id: number): Buffer | undefined;
	/** Parses, writes to disk where there is a directory, and only then shows the mail. */
	deliver(envelope: Envelope, message: Buffer): Promise<Mail>;
	/** Removes all mails, also from disk. */
	clear(): void;
	/** Calls back after every delivery; returns how to stop. */
	onDelivery(callback: () => void): () => void;
};

/**
 * Opens a store of mails. With a `directory`, every mail is an .eml file there and those of an
 * earlier run are read back.
 */
export async function openMailStore(directory?: string): Promise<MailStore> {
	let stored: Array<{ mail: Mail; raw: Buffer }> = [];
	const callbacks = new Set<() => void>();

	if (directory !== undefined) {
		mkdirSync(directory, { recursive: true });
		for (const name of emlFiles(directory)) {
			const file = readFileSync(join(directory, name));
			const { envelope, receivedAt, message } = readTrace(file);
			const mail = await parse(message, { id: parseInt(name, 10), receivedAt, envelope });
			stored.push({ mail, raw: message });
		}
	}

	return {
		mails: () => stored.map(({ mail }) => mail),
		raw: (id) => stored.find(({ mail }) => mail.id === id)?.raw,
		async deliver(envelope, message) {
			const receivedAt = new Date().toISOString();
			const mail = await parse(message, { id: 0, receivedAt, envelope });
			// From here to the end nothing waits, so that mails parsed side by side get ids of their own.
			mail.id = (stored.at(-1)?.mail.id ?? 0) + 1;
			if (directory !== undefined) {
				const path = join(directory, `${String(mail.id).padStart(6, '0')}.eml`);
				writeFileSync(`${path}.part`, Buffer.concat([writeTrace(envelope, receivedAt), message]));
				renameSync(`${path}.part`, path);
			}
			stored.push({ mail, raw: message });
			for (const callback of callbacks) callback();
			return mail;
		},
		clear() {
			stored = [];
			if (directory === undefined) return;
			for (const name of emlFiles(directory)) rmSync(join(directory, name));
		},
		onDelivery(callback) {
			callbacks.add(callback);
			return () => callbacks.delete(callback);
		},
	};
}

async function parse(
	message: Buffer,
	known: Pick<Mail, 'id' | 'receivedAt' | 'envelope'>,
): Promise<Mail> {
	const parsed = await simpleParser(message);
	const addresses = [parsed.to ?? []].flat();
	return {
		...known,
		from: parsed.from?.text ?? known.envelope.from,
		to: addresses.map(({ text }) => text).join(', ') || known.envelope.to.join(', '),
		subject: parsed.subject ?? '',
		text: parsed.text ?? '',
		...(parsed.html && { html: parsed.html }),
		headers: parsed.headerLines.map(({ line }) => splitHeader(line)),
		attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
			...(filename !== undefined && { filename }),
			contentType,
			size,
		})),
	};
}

function splitHeader(line: string): { name: string; value: string } {
	const colon = line.indexOf(':');
	return {
		name: line.slice(0, colon),
		value: line
			.slice(colon + 1)
			.replace(/\r?\n\s+/g, ' ')
			.trim(),
	};
}

function emlFiles(directory: string): string[] {
	return readdirSync(directory)
		.filter((name) => /^\d+\.eml$/.test(name))
		.sort();
}

// The trace headers that mail servers put on top at final delivery (RFC 5321 section 4.4); the
// Received line comes last and so tells where the message as sent begins.
function writeTrace({ from, to }: Envelope, receivedAt: string): Buffer {
	const lines = [
		`Return-Path: <${from}>`,
		...to.map((address) => `Delivered-To: ${address}`),
		`Received: by mailbox.sandbox; ${receivedAt}`,
	];
	return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'utf8');
}

function readTrace(file: Buffer): { envelope: Envelope; receivedAt: string; message: Buffer } {
	const end = file.indexOf('\r\n', file.indexOf('Received: by mailbox.sandbox; ')) + 2;
	const lines = file.subarray(0, end).toString('utf8').trimEnd().split('\r\n');
	const after = (name: string) =>
		lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
	return {
		envelope: { from: after('Return-Path: ')[0].slice(1, -1), to: after('Delivered-To: ') },
		receivedAt: after('Received: by mailbox.sandbox; ')[0],
		message: file.subarray(end),
	};
}
