import { createHmac, randomBytes, randomUUID } from 'node:crypto';

import { at, isObject } from './json.mts';
import type { Json } from './json.mts';
import type { Service } from './service.mts';

/** A step cannot run, because something that it sends was not in an earlier answer. */
export class Blocked extends Error {}

/** Fills the words in braces of a request with what is known only while a scenario runs. */
export class Captures {
	/** New in each run, so that texts made with it are unique. */
	readonly run = `r${randomBytes(4).toString('hex')}`;
	/** In milliseconds since the epoch, whole seconds. */
	readonly start = Math.floor(Date.now() / 1000) * 1000;
	readonly answers = new Map<string, Json | undefined>();
	/** The UUIDs that this run made up, by their names. */
	readonly uuids = new Map<string, string>();
	private fixed: Record<string, string>;

	constructor({ accountId, admin, hooks }: Service) {
		this.fixed = {
			run: this.run,
			'account.id': accountId,
			'admin.id': admin.id,
			'admin.email': admin.email,
			'admin.password': admin.password,
			'admin.token': admin.token,
			...Object.fromEntries(Object.entries(hooks).map(([name, url]) => [`hook.${name}`, url])),
		};
	}

	/** Throws `Blocked` for a word whose value is not known. */
	fill(template: Json): Json {
		if (typeof template === 'string') {
			const alone = /^\{\{([^}]+)\}\}$/.exec(template);
			return alone ? this.value(alone[1]) : this.text(template);
		}
		if (Array.isArray(template)) return template.map((entry) => this.fill(entry));
		if (!isObject(template)) return template;
		return Object.fromEntries(
			Object.entries(template).map(([key, value]) => [this.text(key), this.fill(value)]),
		);
	}

	text(template: string): string {
		return template.replace(/\{\{([^}]+)\}\}/g, (_, words: string) => String(this.value(words)));
	}

	private value(words: string): Json {
		const [word, ...filters] = words.split('|').map((part) => part.trim());
		const value = this.plain(word);
		if (value === undefined || value === null) throw new Blocked(`${words} is not known`);
		return filters.reduce<Json>((text, filter) => filtered(filter, String(text)), value);
	}

	private plain(word: string): Json | undefined {
		if (word in this.fixed) return this.fixed[word];
		const [, unit, shift = '0'] = /^(now|unix|date)([+-]\d+)?$/.exec(word) ?? [];
		const inSeconds = new Date(this.start + Number(shift) * 1000);
		if (unit === 'now') return inSeconds.toISOString();
		if (unit === 'unix') return String(inSeconds.getTime() / 1000);
		if (unit === 'date')
			return new Date(this.start + Number(shift) * 86_400_000).toISOString().slice(0, 10);
		if (word.startsWith('uuid:')) return this.uuid(word.slice('uuid:'.length));
		const [, step, mark, rest] = /^([\w-]+)(?:([.:])(.+))?$/.exec(word) ?? [];
		const body = this.answers.get(step);
		if (!mark) return at(body, 'data.id');
		return at(body, mark === '.' ? `data.attributes.${rest}` : rest);
	}

	private uuid(name: string): string {
		const made = this.uuids.get(name) ?? randomUUID();
		this.uuids.set(name, made);
		return made;
	}
}

function filtered(filter: string, text: string): string {
	switch (filter) {
		case 'url':
			return encodeURIComponent(text);
		case 'base64':
			return Buffer.from(text).toString('base64');
		case 'upper':
			return text.toUpperCase();
		case 'tail':
			return text.slice(-4);
		case 'otp':
			return oneTimePassword(text);
		default:
			throw new Error(`There is no filter '${filter}'`);
	}
}

/** The one-time password of a base32 secret now, by RFC 6238. */
function oneTimePassword(secret: string): string {
	const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	const bits = [...secret.replace(/=+$/, '')]
		.map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
		.join('');
	const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
	const mac = createHmac('sha1', key).update(counter).digest();
	const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
	return String(number % 1_000_000).padStart(6, '0');
}
