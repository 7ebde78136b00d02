import type { Json } from './json.mts';

/** Writes what is inside a file or a key in the form of the recordings. */
type Inside = (node: Json, kind: string) => Json;

const kinds = 'admin|dev|sales|spprt|read|prod|env|user|activ|token';
const tokenValue = new RegExp(`^(${kinds})-[0-9a-f]{20,}v\\d$`);
const tokenWithin = new RegExp(`(${kinds})-[0-9a-f]{40,}v\\d`, 'gi');

/** The name of a text that is random as a whole. */
export function randomText(text: string): string | undefined {
	const token = tokenValue.exec(text);
	if (token) return `<token:${token[1]}-…${text.slice(-2)}>`;
	if (/^[0-9A-F]{6}(-[0-9A-F]{6}){4}-V3$/.test(text)) return '<key:V3>';
	if (text.length < 300 && /^[0-9a-f-]{20,}v\d$/i.test(text)) return '<key:legacy>';
	if (/^[\w+/=-]{200,}$/.test(text)) return `<base64:${text.length > 330 ? 'long' : 'medium'}>`;
	return undefined;
}

/** Replaces the tokens and keys within a longer text. */
export function withoutTokens(text: string): string {
	return text
		.replace(tokenWithin, '<token>')
		.replace(/[0-9a-f]{32}(-[0-9a-f]{2,32}){3,}(v\d)?/g, '<key:legacy>');
}

/** A signed key as its prefix and data. */
export function asSignedKey(text: string, inside: Inside): Json | undefined {
	const [, prefix, data] = /^(key|eyJ[\w-]*)[/.]([\w-]+=*)\.([\w-]+=*)$/.exec(text) ?? [];
	if (prefix !== undefined)
		return signedKey(prefix === 'key' ? 'key/' : decode(prefix), data, inside);
	const [, bare] = /^([\w-]{8,}={0,2})\.([\w-]{300,}={0,2})$/.exec(text) ?? [];
	return bare === undefined ? undefined : signedKey('', bare, inside);
}

function signedKey(prefix: string, encoded: string, inside: Inside): Json {
	const text = decode(encoded);
	const isBinary = [...text].some((letter) => letter < '\t' || letter === '\ufffd');
	const shown = () => {
		const json = parsed(text);
		return json !== null && typeof json === 'object'
			? inside(json, 'signed')
			: json === undefined
				? inside(text, 'seed')
				: typeof json === 'string'
					? inside(json, 'seed')
					: inside(String(json), 'seed');
	};
	return {
		'<signed-key>': { prefix, data: isBinary ? '<text>' : shown(), signature: '<signature>' },
	};
}

/** A license or machine file as its frame and members. */
export function asFile(text: string, inside: Inside): Json | undefined {
	if (!text.startsWith('-----BEGIN ')) return undefined;
	const frame = /^-----BEGIN ([A-Z ]+)-----\n([\s\S]*?)-----END ([A-Z ]+)-----\n?$/.exec(text);
	if (!frame) return '<unreadable file>';
	const [, begin, encoded, end] = frame;
	const members = JSON.parse(Buffer.from(encoded, 'base64').toString()) as Record<string, string>;
	const signature = Buffer.from(members.sig, 'base64').length;
	return {
		'<file>': {
			begin,
			end,
			firstLine: encoded.split('\n')[0].length,
			endsWithNewline: text.endsWith('\n'),
			members: Object.keys(members),
			alg: members.alg,
			enc: content(members.enc, inside),
			// Signatures by ECDSA vary in length.
			sig: `<signature:${signature > 64 && signature < 75 ? 'about 71' : signature} bytes>`,
		},
	};
}

function content(enc: string, inside: Inside): Json {
	const parts = enc.split('.');
	if (parts.length === 1)
		return inside(JSON.parse(Buffer.from(enc, 'base64').toString()) as Json, 'enc');
	const length = (part: string) => `:${Buffer.from(part, 'base64').length} bytes`;
	return parts
		.map((part, index) => `<${['ciphertext', 'iv', 'tag'][index]}${index ? length(part) : ''}>`)
		.join('.');
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString();

function parsed(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}
