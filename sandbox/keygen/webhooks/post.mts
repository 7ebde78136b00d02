import * as http from 'node:http';
import * as https from 'node:https';

import type { WebhookOptions } from '../state/options.mts';

/** How a delivery ended: with an answer, or with the name of what went wrong. */
export interface Outcome {
	status?: number;
	body: string;
	/** Without an answer: true when the service does not try again. */
	final?: boolean;
}

const TIMEOUT = 15_000;
const KEPT_BYTES = 65_536;

/** What the service writes for a broken connection, and whether that is the end of it. */
const failures: Record<string, [string, boolean]> = {
	ECONNREFUSED: ['CONN_REFUSED', true],
	ECONNRESET: ['CONN_RESET', true],
	ENETUNREACH: ['NET_UNREACH', true],
	EHOSTUNREACH: ['HOST_UNREACH', true],
	ENOTFOUND: ['DNS_ERROR', true],
	EAI_AGAIN: ['DNS_ERROR', true],
	EPIPE: ['EOF_ERROR', true],
	ETIMEDOUT: ['REQ_TIMEOUT', false],
};

/** Sends one webhook. Never throws: every failure is an outcome. */
export function post(
	target: string,
	message: { headers: Record<string, string>; body: Buffer },
	options: WebhookOptions,
): Promise<Outcome> {
	const url = new URL(target);
	const { hostname, port } = whereTo(url, options.hosts ?? {});
	const secure = url.protocol === 'https:';
	const timeout = options.timeout ?? TIMEOUT;
	return new Promise((resolve) => {
		const request = (secure ? https : http).request({
			method: 'POST',
			hostname,
			port: port || (secure ? 443 : 80),
			path: `${url.pathname}${url.search}`,
			headers: { host: url.host, 'content-length': message.body.length, ...message.headers },
			agent: false,
			...(url.username !== '' && {
				auth: [url.username, url.password].map(decodeURIComponent).join(':'),
			}),
			...(secure && { servername: url.hostname, ca: options.ca }),
		});
		const timer = setTimeout(
			() => request.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })),
			timeout,
		);
		const end = (outcome: Outcome) => {
			clearTimeout(timer);
			resolve(outcome);
		};
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			let size = 0;
			response.on(
				'data',
				(chunk: Buffer) => (size += chunk.length) <= KEPT_BYTES && chunks.push(chunk),
			);
			response.on('end', () =>
				end({ status: response.statusCode, body: Buffer.concat(chunks).toString() }),
			);
			response.on('error', (error) => end(failed(error)));
		});
		request.on('error', (error) => end(failed(error)));
		request.end(message.body);
	});
}

function whereTo(url: URL, hosts: Record<string, string>): { hostname: string; port: string } {
	const override = hosts[url.host] ?? hosts[url.hostname];
	if (!override) return { hostname: url.hostname, port: url.port };
	const cut = override.lastIndexOf(':');
	return cut < 0
		? { hostname: override, port: url.port }
		: { hostname: override.slice(0, cut), port: override.slice(cut + 1) };
}

function failed(error: NodeJS.ErrnoException): Outcome {
	const known = failures[error.code ?? ''];
	if (known) return { body: known[0], final: known[1] };
	// What remains of a TLS connection are certificates and handshakes.
	return { body: 'SSL_ERROR', final: false };
}
