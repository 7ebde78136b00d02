import type { Socket } from 'node:net';

import { SMTPServer } from 'smtp-server';
import type { SMTPServerSession } from 'smtp-server';

import type { Envelope, MailStore } from './mail-store.mts';

/**
 * What goes wrong with a mail:
 * - `refuse`: 550 for the recipient, for good.
 * - `temporary`: 451 for the recipient; trying later would help.
 * - `lose`: accepted with 250, never delivered.
 * - `hang-up-before`: the connection breaks after the message was sent; it is not delivered.
 * - `hang-up-after`: the same, but it is delivered: a client that sends again makes a second mail.
 */
export const MAIL_FAULT_KINDS = [
	'refuse',
	'temporary',
	'lose',
	'hang-up-before',
	'hang-up-after',
] as const;

export type MailFault = {
	kind: (typeof MAIL_FAULT_KINDS)[number];
	/** Address in the envelope, case ignored; absent: every recipient. */
	recipient?: string;
	/** Number of uses after which the fault no longer applies. */
	times?: number;
};

export type MailFaults = {
	/** Replaces all faults. Throws an Error for a kind that does not exist. */
	set(faults: readonly MailFault[]): void;
	/** The kind of the first fault among `kinds` that applies to a recipient, counted as used. */
	take(
		kinds: ReadonlyArray<MailFault['kind']>,
		recipients: readonly string[],
	): MailFault['kind'] | undefined;
};

export function createMailFaults(): MailFaults {
	let faults: Array<MailFault & { used: number }> = [];
	return {
		set(given) {
			const stranger = given.find(({ kind }) => !MAIL_FAULT_KINDS.includes(kind));
			if (stranger) throw new Error(`there is no mail fault "${stranger.kind}"`);
			faults = given.map((fault) => ({ ...fault, used: 0 }));
		},
		take(kinds, recipients) {
			const addresses = recipients.map((address) => address.toLowerCase());
			const fault = faults.find(
				({ kind, recipient, times, used }) =>
					kinds.includes(kind) &&
					(recipient === undefined || addresses.includes(recipient.toLowerCase())) &&
					(times === undefined || used < times),
			);
			if (fault) fault.used += 1;
			return fault?.kind;
		},
	};
}

export type SmtpOptions = {
	/** Without it any login is accepted, and none is needed. */
	auth?: { user: string; pass: string };
};

const MAX_BYTES = 10 * 1024 * 1024;

/** An SMTP server, not yet listening, that delivers to `store` what no fault takes away. */
export function createSmtpServer(
	store: MailStore,
	faults: MailFaults,
	{ auth }: SmtpOptions,
): SMTPServer {
	const server = new SMTPServer({
		name: 'mailbox.sandbox',
		banner: 'Sandbox mailbox, nothing leaves this machine',
		size: MAX_BYTES,
		rejectOversized: true,
		authOptional: auth === undefined,
		allowInsecureAuth: true,
		authMethods: ['PLAIN', 'LOGIN'],
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		onAuth({ username, password }, _, done) {
			if (auth && (username !== auth.user || password !== auth.pass)) {
				return done(replied(535, 'Wrong user name or password'));
			}
			done(null, { user: username });
		},
		onRcptTo({ address }, _, done) {
			const kind = faults.take(['refuse', 'temporary'], [address]);
			if (kind === 'refuse') return done(replied(550, `No such recipient: ${address}`));
			if (kind === 'temporary') return done(replied(451, 'Try again later'));
			done();
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('error', done);
			stream.on('end', () => {
				if (stream.sizeExceeded) return done();
				finish(session, Buffer.concat(chunks)).then((message) => {
					if (message !== undefined) done(null, message);
				}, done);
			});
		},
	});

	/** Returns the reply, or undefined when the connection was broken in place of one. */
	async function finish(session: SMTPServerSession, message: Buffer): Promise<string | undefined> {
		const envelope = envelopeOf(session);
		const kind = faults.take(['lose', 'hang-up-before', 'hang-up-after'], envelope.to);
		if (kind === undefined || kind === 'hang-up-after') await store.deliver(envelope, message);
		if (kind?.startsWith('hang-up')) {
			socketOf(session)?.destroy();
			return undefined;
		}
		return 'Delivered';
	}

	function socketOf(session: SMTPServerSession): Socket | undefined {
		return [...server.connections].find((connection) => connection.session === session)?._socket;
	}

	return server;
}

function envelopeOf({ envelope }: SMTPServerSession): Envelope {
	return {
		from: envelope.mailFrom ? envelope.mailFrom.address : '',
		to: envelope.rcptTo.map(({ address }) => address),
	};
}

function replied(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}
