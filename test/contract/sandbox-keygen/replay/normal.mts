import type { Captures } from './captures.mts';
import { isObject, parseJson } from './json.mts';
import type { Json, JsonObject } from './json.mts';
import { Names } from './names.mts';
import type { Answer, Scenario } from './scenario.mts';
import type { Received } from './sending.mts';
import type { Service } from './service.mts';
import { asFile, asSignedKey, randomText, withoutTokens } from './texts.mts';
import { Times } from './times.mts';

/** Headers that a client of the API looks at. */
const comparedHeaders = [
	'content-type',
	'location',
	'www-authenticate',
	'retry-after',
	'content-disposition',
	'keygen-version',
	'keygen-bearer',
	'keygen-token',
	'keygen-license',
	'preference-applied',
	'allow',
];

/** Made before the scenario began, so when does not matter. */
const older = ['<users:admin>', '<accounts:account>', '<tokens:admin>'];

/** The body of an answer: JSON, another text, or nothing. */
export function bodyOf({ text, headers }: Received): Json | undefined {
	if (text === '') return undefined;
	if (!/json/.test(headers['content-type'] ?? '')) return text;
	try {
		return parseJson(text);
	} catch {
		return text;
	}
}

/** Writes answers in the form of the recordings: whatever differs from run to run gets a name. */
export class Normal {
	private names: Names;
	private times: Times;
	private run: string;
	private service: Service;

	constructor(captures: Captures, service: Service, scenario: Scenario) {
		this.names = new Names(captures, service);
		this.times = new Times(captures.start, scenario);
		this.run = captures.run;
		this.service = service;
	}

	answer(step: string, received: Received): Answer {
		const body = bodyOf(received);
		this.names.begin(step, body);
		const headers: Record<string, Json> = {};
		for (const name of comparedHeaders) {
			const value = received.headers[name];
			if (value !== undefined && value !== '') headers[name] = this.text(String(value), name);
		}
		return {
			status: received.status,
			headers,
			...(body !== undefined && {
				body: typeof body === 'string' ? this.text(body, 'text') : this.walk(body, []),
			}),
		};
	}

	private walk(node: Json, path: string[]): Json {
		if (Array.isArray(node))
			return node.map((entry, index) => this.walk(entry, [...path, String(index)]));
		if (isObject(node)) return this.object(node, path);
		const name = path[path.length - 1];
		if (typeof node === 'number') return this.number(node, name);
		return typeof node === 'string' ? this.member(node, name, path) : node;
	}

	private object(node: JsonObject, path: string[]): JsonObject {
		const result: JsonObject = {};
		for (const [key, value] of Object.entries(node))
			result[String(this.text(key, ''))] = this.walk(value, [...path, key]);
		const { attributes, id } = result;
		if (isObject(attributes) && older.includes(String(id)))
			for (const name of ['created', 'updated'])
				if (name in attributes) attributes[name] = '<earlier>';
		if (result.ttl === 2_629_746) result.expiry = this.times.ofFile(result.expiry);
		return result;
	}

	/** Numbers of a JWT that are times. */
	private number(value: number, name: string): Json {
		if (!['iat', 'nbf', 'exp'].includes(name) || value < 1.7e9 || value > 2.5e9) return value;
		return `<unix ${this.times.named(new Date(value * 1000).toISOString(), name)}>`;
	}

	private member(value: string, name: string, path: string[]): Json {
		if (path.length === 2 && path[0] === 'meta' && name === 'id') return '<request>';
		if (name === 'idempotencyToken') return this.names.token('idempotency', value);
		if (name === 'payload') return this.payload(value);
		if (name === 'secret' || name === 'passwordResetToken') return `<${name}>`;
		if (name === 'uri' && value.startsWith('otpauth:'))
			return this.text(value.replace(/secret=[^&]+/, 'secret=<secret>'), name);
		if (name === 'publicKey' || (path.includes('keys') && path.includes('meta')))
			return '<public-key>';
		if (name === 'proof')
			return value.replace(/^proof\/[\w-]+=*\.[\w-]+=*$/, 'proof/<base64url>.<signature>');
		return this.text(value, name);
	}

	private payload(text: string): Json {
		let payload: Json;
		try {
			payload = JSON.parse(text) as Json;
		} catch {
			return text;
		}
		this.names.learn(payload);
		return { '<json>': this.walk(payload, ['payload']) };
	}

	private text(text: string, name: string): Json {
		const time = this.times.named(text, name);
		if (time !== undefined) return time;
		const inside = (node: Json, kind: string): Json => {
			if (typeof node === 'string') return this.text(node, kind);
			if (kind === 'enc') this.names.learn(node);
			return this.walk(node, [kind]);
		};
		const special =
			asFile(text, inside) ?? randomText(text) ?? asSignedKey(text, inside) ?? undefined;
		if (special !== undefined) return special;
		const { origin, hooks } = this.service;
		if (
			(name === 'location' || name === 'redirect') &&
			/^https?:/.test(text) &&
			!text.startsWith(origin)
		)
			return '<storage-url>';
		let result = text;
		for (const [way, url] of Object.entries(hooks))
			result = result.replaceAll(url, `<hook.${way}>`);
		result = result
			.replaceAll(origin, '<origin>')
			.replaceAll(this.run, '<run>')
			.replaceAll(this.run.toUpperCase(), '<RUN>');
		return this.names.inText(withoutTokens(result));
	}
}
