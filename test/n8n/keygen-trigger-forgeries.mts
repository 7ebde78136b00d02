import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';

import fc from 'fast-check';

import type { KeygenSandbox } from '../../sandbox/keygen/start.mts';
import { createAccountKeys } from '../../sandbox/keygen-signing/account-keys.mts';
import { signedHeaders } from '../../sandbox/keygen-signing/message-signatures.mts';

/** A request as it goes over the wire. */
export interface WireRequest {
	path: string;
	headers: Array<[name: string, value: string]>;
	body: Buffer;
}

type Message = Parameters<typeof signedHeaders>[1];
type SignatureAlgorithm = Message['algorithm'];
const ALGORITHMS: SignatureAlgorithm[] = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'];
const stranger = createAccountKeys();

/** Makes requests for a webhook, as Keygen signs them and otherwise. */
export class Requests {
	private readonly keygen: KeygenSandbox;
	private readonly url: URL;

	/** @param registeredUrl of an endpoint with Ed25519 */
	constructor(keygen: KeygenSandbox, registeredUrl: string) {
		this.keygen = keygen;
		this.url = new URL(registeredUrl);
	}

	/** A delivery of an event of its own, just signed. */
	genuine(change: Partial<Message> = {}, keys = this.keygen.world.keys): WireRequest {
		const payload = JSON.stringify({
			data: { type: 'licenses', id: randomUUID(), attributes: {} },
		});
		const attributes = { event: 'license.created', created: new Date().toISOString(), payload };
		const meta = { idempotencyToken: randomUUID() };
		const data = { id: randomUUID(), type: 'webhook-events', attributes, meta };
		const message: Message = {
			method: 'post',
			target: this.url.pathname,
			host: this.url.hostname,
			body: Buffer.from(JSON.stringify({ data })),
			date: new Date(),
			accountId: this.keygen.accountId,
			algorithm: 'ed25519',
			...change,
		};
		const headers = Object.entries(signedHeaders(keys, message));
		return {
			path: this.url.pathname,
			headers: [['content-type', 'application/json'], ...headers],
			body: message.body as Buffer,
		};
	}

	/** Requests of which each differs from a genuine one in something that counts. */
	forged(): fc.Arbitrary<WireRequest> {
		const number = fc.nat({ max: 2 ** 31 - 1 });
		const of = (make: (random: number) => WireRequest) => number.map(make);
		const other = <T,>(list: readonly T[], not: T, random: number) => {
			const others = list.filter((one) => one !== not);
			return others[random % others.length];
		};
		return fc.oneof(
			of((random) => flipped(this.genuine(), random)),
			of((random) => changed(this.genuine(), /digest/i, random, 'ABCDEFabcdef0123456789+/')),
			of((random) => changed(this.genuine(), /^keygen-digest$/i, random, 'ABCDEFabcdef0123456789')),
			of((random) => changed(this.genuine(), /date$/i, random, '0123456789')),
			of((random) =>
				inSignature(this.genuine(), 'signature', (value) =>
					exchanged(value, random, 'ABCDabcd0123+/'),
				),
			),
			of((random) =>
				inSignature(this.genuine(), 'keyid', (value) =>
					exchanged(value, random, '0123456789abcdef'),
				),
			),
			of((random) =>
				inSignature(this.genuine(), 'algorithm', (value) =>
					other([...ALGORITHMS, 'none', 'hmac-sha256'], value, random),
				),
			),
			of((random) => this.genuine({ algorithm: other(ALGORITHMS, 'ed25519', random) })),
			// The right name, another key's signature.
			of((random) =>
				inSignature(
					this.genuine({ algorithm: other(ALGORITHMS, 'ed25519', random) }),
					'algorithm',
					() => 'ed25519',
				),
			),
			of(() => this.genuine({}, stranger)),
			of(() => this.genuine({ accountId: randomUUID() })),
			of((random) =>
				this.genuine({
					host: other(['n8n.example.org', 'localhost', '127.0.0.1'], this.url.hostname, random),
				}),
			),
			of((random) =>
				this.genuine({
					target: other(
						['/', `${this.url.pathname}/`, `${this.url.pathname}?x=1`, '/webhook/other'],
						'',
						random,
					),
				}),
			),
			of((random) => this.genuine({ method: other(['get', 'put', 'POST '], 'post', random) })),
			// Replays after the window, and of a clock that runs ahead.
			of((random) =>
				this.genuine({ date: new Date(Date.now() - 310_000 - (random % 86_400_000)) }),
			),
			of((random) =>
				this.genuine({ date: new Date(Date.now() + 310_000 + (random % 86_400_000)) }),
			),
			of((random) => repeated(this.genuine(), random)),
			of((random) => without(this.genuine(), random)),
			of((random) => ({
				...this.genuine(),
				body: this.genuine({}, random % 2 ? stranger : undefined).body,
			})),
		);
	}

	/** Requests that differ from a genuine one in nothing that counts. */
	untouched(): fc.Arbitrary<WireRequest> {
		return fc.nat().map((random) => {
			const { path, headers, body } = this.genuine();
			const inAnyCase = headers.map(([name, value], at): [string, string] => [
				(random >> at) & 1 ? name.toUpperCase() : name.toLowerCase(),
				value,
			]);
			return { path, headers: random & 1 ? inAnyCase.reverse() : inAnyCase, body };
		});
	}
}

function flipped(request: WireRequest, random: number): WireRequest {
	const body = Buffer.from(request.body);
	body[random % body.length] ^= 1 << (random >>> 16) % 8;
	return { ...request, body };
}

function exchanged(text: string, random: number, alphabet: string): string {
	const at = random % text.length;
	const letters = [...alphabet].filter((letter) => letter !== text[at]);
	return text.slice(0, at) + letters[(random >>> 8) % letters.length] + text.slice(at + 1);
}

/** Exchanges a letter in the same place of all headers whose names match. */
function changed(
	request: WireRequest,
	names: RegExp,
	random: number,
	alphabet: string,
): WireRequest {
	const headers = request.headers.map(([name, value]): [string, string] => [
		name,
		names.test(name) ? exchanged(value, random, alphabet) : value,
	]);
	return { ...request, headers };
}

function inSignature(
	request: WireRequest,
	parameter: string,
	by: (value: string) => string,
): WireRequest {
	const pattern = new RegExp(`${parameter}="([^"]*)"`);
	const headers = request.headers.map(([name, value]): [string, string] => [
		name,
		/^keygen-signature$/i.test(name)
			? value.replace(pattern, (_, given: string) => `${parameter}="${by(given)}"`)
			: value,
	]);
	return { ...request, headers };
}

const COUNTING = [/^keygen-signature$/i, /^digest$/i, /^keygen-digest$/i, /^keygen-date$/i];

function repeated(request: WireRequest, random: number): WireRequest {
	const which = COUNTING[random % COUNTING.length];
	const twice = request.headers.filter(([name]) => which.test(name));
	return { ...request, headers: [...request.headers, ...twice] };
}

function without(request: WireRequest, random: number): WireRequest {
	const groups = [/^keygen-signature$/i, /date$/i, /digest$/i];
	const gone = groups[random % groups.length];
	return { ...request, headers: request.headers.filter(([name]) => !gone.test(name)) };
}

/** Sends a request as it is; gives the status. */
export async function send(origin: string, { path, headers, body }: WireRequest): Promise<number> {
	const { hostname, port } = new URL(origin);
	const raw = [
		...headers,
		['content-length', String(body.length)],
		['host', 'n8n.example.com'],
	].flat();
	return await new Promise((resolve, reject) => {
		const request = httpRequest(
			{ hostname, port, path, method: 'POST', headers: raw, agent: false },
			(response) => {
				response.resume();
				response.on('end', () => resolve(response.statusCode ?? 0));
			},
		);
		request.on('error', reject);
		request.end(body);
	});
}
