import { connect } from 'node:net';

export type SmtpReply = { code: number; text: string };

/** Everything the server said in reply to each command; the last is undefined when it hung up. */
export type SmtpTalk = Array<SmtpReply | undefined>;

/** Sends `commands` one by one, each after the reply to the one before. The greeting comes first. */
export async function talk(port: number, commands: readonly string[]): Promise<SmtpTalk> {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => {});
	let buffer = '';
	let wake = () => {};
	let closed = false;
	socket.on('data', (chunk: Buffer) => {
		buffer += chunk.toString('utf8');
		wake();
	});
	socket.on('close', () => {
		closed = true;
		wake();
	});

	const reply = async (): Promise<SmtpReply | undefined> => {
		for (;;) {
			const complete = /^(?:\d{3}-.*\r\n)*(\d{3})(?: .*)?\r\n/.exec(buffer);
			if (complete) {
				buffer = buffer.slice(complete[0].length);
				return { code: Number(complete[1]), text: complete[0] };
			}
			if (closed) return undefined;
			await new Promise<void>((resolve) => (wake = resolve));
		}
	};

	const replies = [await reply()];
	for (const command of commands) {
		socket.write(`${command}\r\n`);
		replies.push(await reply());
		if (closed) break;
	}
	socket.destroy();
	return replies;
}

/** Sends one mail; returns the code of the last reply, or undefined when the server hung up. */
export async function sendMail(
	port: number,
	{ from = 'it@northfield.example', to, message }: { from?: string; to: string; message: string },
): Promise<number | undefined> {
	const replies = await talk(port, [
		'EHLO client.example',
		`MAIL FROM:<${from}>`,
		`RCPT TO:<${to}>`,
		'DATA',
		`${message.replaceAll(/\r?\n/g, '\r\n').replace(/^\./gm, '..')}\r\n.`,
	]);
	const refused = replies.find((reply) => reply === undefined || reply.code >= 400);
	return replies.includes(undefined) ? undefined : (refused ?? replies.at(-1))?.code;
}
