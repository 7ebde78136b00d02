import fc from 'fast-check';
import type { HeaderRecord } from '../../../../nodes/Keygen/crypto/http/http-headers';
import type { SignatureAlgorithm } from '../../../../nodes/Keygen/crypto/signature-algorithm';
import { verifyWebhookRequest } from '../../../../nodes/Keygen/crypto/http/webhook-signature';
import { signedHeaders } from '../../../../sandbox/keygen-signing/message-signatures.mts';
import { ALGORITHMS, createAccount, NOW } from './account.mts';

const MUTATIONS_PER_ALGORITHM = 52_000;
const WINDOW_SECONDS = 300;

const account = createAccount();
const stranger = createAccount();

interface Delivery {
	readonly registeredUrl: string;
	readonly headers: HeaderRecord;
	readonly body: Buffer;
	readonly now: number;
}

const HOSTS = ['n8n.example.com', 'hooks.example.co.uk', 'a.b.c.example.org'];
const TARGETS = [
	'/',
	'/webhook/keygen',
	'/webhook/7f3a/keygen?env=live',
	'/?a=1&b=%20',
	'/a//b/../c',
];

function deliver(algorithm: SignatureAlgorithm, number: number, keys = account.keys): Delivery {
	const host = HOSTS[number % HOSTS.length];
	const target = TARGETS[number % TARGETS.length];
	const id = `event-${number}`;
	const payload = JSON.stringify({ data: { id: `l-${number}`, name: 'größer' } });
	const attributes = { event: 'license.created', payload };
	const body = Buffer.from(JSON.stringify({ data: { id, type: 'webhook-events', attributes } }));
	const date = new Date(NOW - (number % 60) * 1000);
	const accountId = account.id;
	const headers = signedHeaders(keys, {
		method: 'POST',
		host,
		target,
		body,
		date,
		algorithm,
		accountId,
	});
	return { registeredUrl: `https://${host}${target}`, headers, body, now: NOW };
}

const verify = (delivery: Delivery, algorithm: SignatureAlgorithm) =>
	verifyWebhookRequest(delivery, {
		publicKeys: account.all,
		algorithm,
		accountId: account.id,
		now: delivery.now,
		toleranceSeconds: WINDOW_SECONDS,
	});

const DATES = ['date', 'keygen-date'];
const DIGESTS = ['digest', 'keygen-digest'];
const SIGNATURE = 'keygen-signature';

/** A change of a request by one random number; it must always change something that counts. */
type Mutation = (delivery: Delivery, random: number, algorithm: SignatureAlgorithm) => Delivery;

const pick = <T,>(list: readonly T[], random: number): T => list[random % list.length];
const withHeaders = (delivery: Delivery, headers: HeaderRecord): Delivery => ({
	...delivery,
	headers: { ...delivery.headers, ...headers },
});
const header = (delivery: Delivery, name: string) => delivery.headers[name] as string;
const inAll = (names: readonly string[], value: HeaderRecord[string]): HeaderRecord =>
	Object.fromEntries(names.map((name) => [name, value]));
const inSignature = (delivery: Delivery, change: (value: string) => string): Delivery => {
	const changed = change(header(delivery, SIGNATURE));
	if (changed === header(delivery, SIGNATURE)) throw new Error('the mutation changed nothing');
	return withHeaders(delivery, { [SIGNATURE]: changed });
};
const parameter = (name: string, by: (value: string) => string) => (text: string) =>
	text.replace(new RegExp(`${name}="([^"]*)"`), (_all, value: string) => `${name}="${by(value)}"`);
const exchange = (text: string, random: number, alphabet: string) => {
	const at = random % text.length;
	const replacement = pick(
		[...alphabet].filter((letter) => letter !== text[at]),
		random >>> 8,
	);
	return text.slice(0, at) + replacement + text.slice(at + 1);
};
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ \\';

const mutations: Record<string, Mutation> = {
	'a bit of the body': (delivery, random) => {
		const body = Buffer.from(delivery.body);
		body[random % body.length] ^= 1 << (random >>> 16) % 8;
		return { ...delivery, body };
	},
	'the length of the body': (delivery, random) => ({
		...delivery,
		body: pick(
			[
				delivery.body.subarray(0, random % delivery.body.length),
				Buffer.concat([delivery.body, Buffer.from(pick(['\n', ' ', '\0', '{}'], random))]),
			],
			random >>> 8,
		),
	}),
	'the body, with the digests made to fit': (delivery, random, algorithm) => {
		const other = deliver(algorithm, random % 1000, stranger.keys);
		const digest = header(other, 'digest');
		const changed = { ...delivery, body: Buffer.from(other.body) };
		if (digest === header(delivery, 'digest')) changed.body[0] ^= 1;
		return withHeaders(changed, inAll(DIGESTS, digest));
	},
	'a digest': (delivery, random) => {
		const digest = exchange(header(delivery, 'digest'), random, BASE64);
		return withHeaders(
			delivery,
			inAll(pick([DIGESTS, ['digest'], ['keygen-digest']], random), digest),
		);
	},
	'the form of a digest': (delivery, random) => {
		const digest = header(delivery, 'digest');
		const forms = [
			digest.replace('sha-256', 'SHA-256'),
			digest.replace('=', ''),
			`${digest},${digest}`,
			` ${digest}`,
			digest.slice(0, -1),
			digest.replace('sha-256', 'sha-512'),
			Buffer.from(digest.slice(8), 'base64').toString('hex'),
			'',
		];
		return withHeaders(delivery, inAll(DIGESTS, pick(forms, random)));
	},
	'the signed date': (delivery, random) => {
		const seconds = (1 + (random % WINDOW_SECONDS)) * (random & 1024 ? 1 : -1);
		const date = new Date(Date.parse(header(delivery, 'date')) + seconds * 1000).toUTCString();
		return withHeaders(delivery, inAll(pick([DATES, ['keygen-date']], random >>> 4), date));
	},
	'the form of the date': (delivery, random) => {
		const date = header(delivery, 'date');
		const time = Date.parse(date);
		const forms = [
			new Date(time).toISOString(),
			date.replace('GMT', 'UTC'),
			date.toLowerCase(),
			`${date}, ${date}`,
			` ${date}`,
			date.slice(5),
			String(time),
			'',
			exchange(date, random >>> 8, '0123456789abcdeGMT ,:'),
		];
		return withHeaders(delivery, inAll(DATES, pick(forms, random)));
	},
	'a letter of the signature': (delivery, random) =>
		inSignature(
			delivery,
			parameter('signature', (value) => exchange(value, random, BASE64)),
		),
	'a bit of the signature': (delivery, random) =>
		inSignature(
			delivery,
			parameter('signature', (value) => {
				const bytes = Buffer.from(value, 'base64');
				bytes[random % bytes.length] ^= 1 << (random >>> 16) % 8;
				return bytes.toString('base64');
			}),
		),
	'the length of the signature': (delivery, random) =>
		inSignature(
			delivery,
			parameter('signature', (value) => {
				const bytes = Buffer.from(value, 'base64');
				const changed = [
					bytes.subarray(0, random % bytes.length),
					bytes.subarray(1 + (random % (bytes.length - 1))),
					Buffer.concat([bytes, Buffer.of(random & 0xff)]),
					Buffer.concat([Buffer.of(0), bytes]),
					Buffer.concat([bytes, bytes]),
					Buffer.alloc(bytes.length, random & 0xff),
				];
				return pick(changed, random >>> 8).toString('base64');
			}),
		),
	'the signature for that of another event': (delivery, random, algorithm) => {
		const other = header(deliver(algorithm, 1000 + (random % 50)), SIGNATURE);
		return withHeaders(delivery, { [SIGNATURE]: other });
	},
	'the signer': (delivery, random, algorithm) => {
		const number = random % 50;
		return { ...deliver(algorithm, number, stranger.keys), now: delivery.now };
	},
	'the algorithm that is claimed': (delivery, random, algorithm) => {
		const names = ['none', 'hs2019', 'hmac-sha256', 'rsa-sha1', 'ED25519', '', ...ALGORITHMS];
		const others = names.filter((name) => name !== algorithm);
		return inSignature(
			delivery,
			parameter('algorithm', () => pick(others, random)),
		);
	},
	'the algorithm that was used': (_delivery, random, algorithm) => {
		const other = pick(
			ALGORITHMS.filter((name) => name !== algorithm),
			random,
		);
		const confused = deliver(other, random % 50);
		if (random & 64) return confused;
		return inSignature(
			confused,
			parameter('algorithm', () => algorithm),
		);
	},
	'the account': (delivery, random) =>
		inSignature(
			delivery,
			parameter('keyid', (value) =>
				pick(
					[
						value.toUpperCase(),
						'',
						stranger.id.replace('1', '2'),
						exchange(value, random, '0123456789abcdef'),
						` ${value}`,
					],
					random >>> 4,
				),
			),
		),
	'the list of signed headers': (delivery, random) =>
		inSignature(
			delivery,
			parameter('headers', (value) =>
				pick(
					[
						value.replace(' host', ''),
						value.replace(' date', ''),
						value.replace(' digest', ''),
						value.replace('(request-target) ', ''),
						value.split(' ').reverse().join(' '),
						`${value} content-type`,
						value.replace(' ', '  '),
						value.toUpperCase(),
						'',
					],
					random,
				),
			),
		),
	'the form of the signature header': (delivery, random) =>
		inSignature(delivery, (value) =>
			pick(
				[
					value.replace('keyid', 'keyId'),
					value.replace('algorithm', 'Algorithm'),
					value.replaceAll('"', "'"),
					value.replaceAll('"', ''),
					`${value}, ${value}`,
					`${value}, keyid="${account.id}"`,
					`Signature ${value}`,
					value.replaceAll(',', ';'),
					value.replace(/keyid="[^"]*", /, ''),
					value.slice(0, random % value.length),
					`${value}, created="1"`,
				],
				random >>> 8,
			),
		),
	'a header to two': (delivery, random) => {
		// The date alone may be sent twice if the copy that counts is not.
		const name = pick([SIGNATURE, 'digest', 'keygen-digest', 'keygen-date'], random);
		const value = header(delivery, name);
		const twice = pick<HeaderRecord[string]>([[value, value], `${value}, ${value}`], random >>> 4);
		if (random & 32) return withHeaders(delivery, { [name.toUpperCase()]: value });
		return withHeaders(delivery, { [name]: twice });
	},
	'a header to none': (delivery, random) =>
		withHeaders(delivery, inAll(pick([[SIGNATURE], DATES, DIGESTS], random), undefined)),
	'the path': (delivery, random) => {
		const url = delivery.registeredUrl;
		const path = url.indexOf('/', 8);
		const changed = pick(
			[
				`${url}/`,
				`${url}?`,
				`${url}&a=1`,
				`${url.slice(0, path)}/x${url.slice(path)}`,
				`${url.slice(0, path)}${url.slice(path).replace(/[a-z]/, (letter) => letter.toUpperCase())}`,
				exchange(url, path + 1 + (random % Math.max(1, url.length - path - 1)), 'xyzXYZ0'),
			],
			random >>> 8,
		);
		return { ...delivery, registeredUrl: changed === url ? `${url}0` : changed };
	},
	'the host': (delivery, random) => ({
		...delivery,
		registeredUrl: delivery.registeredUrl.replace(/\/\/[^/]+/, (host) =>
			pick(
				[
					`${host}.evil.example`,
					host.toUpperCase(),
					'//evil.example',
					`//www.${host.slice(2)}`,
					`${host}.`,
				],
				random,
			),
		),
	}),
	'the time of arrival, after the window': (delivery, random) => ({
		...delivery,
		now: delivery.now + (WINDOW_SECONDS + 1 + (random % 1_000_000)) * 1000,
	}),
	'the time of arrival, before the window': (delivery, random) => ({
		...delivery,
		now: delivery.now - (WINDOW_SECONDS + 61 + (random % 1_000_000)) * 1000,
	}),
};

describe.each(ALGORITHMS)('deliveries signed with %s', (algorithm) => {
	const untouched = Array.from({ length: 200 }, (_, number) => deliver(algorithm, number));

	test('are accepted untouched, all of them', () => {
		for (const delivery of untouched) {
			expect(verify(delivery, algorithm)).toMatchObject({ valid: true, code: 'VALID' });
		}
	});

	test(`are refused after each of ${MUTATIONS_PER_ALGORITHM} mutations`, () => {
		const names = Object.keys(mutations);
		const tried = new Map<string, number>();
		fc.assert(
			fc.property(
				fc.nat(untouched.length - 1),
				fc.constantFrom(...names),
				fc.nat(0x7fffffff),
				(number, name, random) => {
					tried.set(name, (tried.get(name) ?? 0) + 1);
					const mutated = mutations[name](untouched[number], random, algorithm);
					return !verify(mutated, algorithm).valid;
				},
			),
			{ numRuns: MUTATIONS_PER_ALGORITHM },
		);
		expect([...tried.values()].reduce((sum, count) => sum + count)).toBe(MUTATIONS_PER_ALGORITHM);
		expect(tried.size).toBe(names.length);
		for (const count of tried.values()) expect(count).toBeGreaterThan(500);
	});
});
