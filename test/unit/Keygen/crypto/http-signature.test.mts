import type { SignatureAlgorithm } from '../../../../nodes/Keygen/crypto/signature-algorithm';
import { importPublicKey } from '../../../../nodes/Keygen/crypto/public-key';
import { verifyResponse } from '../../../../nodes/Keygen/crypto/http/response-signature';
import { signedPartsOf } from '../../../../nodes/Keygen/crypto/http/signed-url';
import { verifyWebhookRequest } from '../../../../nodes/Keygen/crypto/http/webhook-signature';
import { signedHeaders } from '../../../../sandbox/keygen-signing/message-signatures.mts';
import { ALGORITHMS, createAccount, NOW } from './account.mts';

const account = createAccount();
const accountId = account.id;
const body = Buffer.from('{"data":{"type":"webhook-events","attributes":{"event":"größer"}}}');
const registeredUrl = 'https://n8n.example.com/webhook/7f/keygen?token=a%20b&x[]=1';
const SIGNED = { host: 'n8n.example.com', target: '/webhook/7f/keygen?token=a%20b&x[]=1' };

const sign = (more: object = {}) =>
	signedHeaders(account.keys, {
		method: 'POST',
		...SIGNED,
		body,
		date: new Date(NOW),
		algorithm: 'ed25519',
		accountId,
		...more,
	});
const given = { publicKeys: account.all, algorithm: 'ed25519', accountId, now: NOW } as const;
const verify = (headers: Record<string, string | string[] | undefined>, more: object = {}) =>
	verifyWebhookRequest({ registeredUrl, headers, body }, { ...given, ...more });

const replaced = (part: RegExp | string, by: string | ((...found: string[]) => string)) => {
	const headers = sign();
	const text = headers['keygen-signature'];
	const changed = typeof by === 'string' ? text.replace(part, by) : text.replace(part, by);
	return { ...headers, 'keygen-signature': changed };
};

describe('a webhook request', () => {
	test.each(ALGORITHMS)('signed with %s is valid', (algorithm: SignatureAlgorithm) => {
		const headers = sign({ algorithm });
		expect(verify(headers, { algorithm })).toEqual({
			valid: true,
			code: 'VALID',
			detail: expect.any(String) as string,
			signedAt: NOW,
		});
	});

	test('is valid whatever the case of its header names', () => {
		const { digest, date, ...rest } = sign();
		const headers = { Digest: digest, DATE: date, 'Keygen-Signature': rest['keygen-signature'] };
		expect(verify(headers).valid).toBe(true);
	});

	test('is valid without an account to compare', () => {
		expect(verify(sign(), { accountId: undefined }).valid).toBe(true);
	});

	test.each([0, -300, 300])('signed %d seconds from now is valid', (seconds) => {
		expect(verify(sign({ date: new Date(NOW + seconds * 1000) })).valid).toBe(true);
	});

	test.each([
		['headers are missing', {}, 'SIGNATURE_MISSING'],
		['the signature is no signature', { 'keygen-signature': 'x' }, 'SIGNATURE_MALFORMED'],
		['the signature is blank', { 'keygen-signature': '' }, 'SIGNATURE_MALFORMED'],
		['the signature has two values', { 'keygen-signature': ['a', 'b'] }, 'HEADER_REPEATED'],
		[
			'the date is missing',
			{ ...sign(), date: undefined, 'keygen-date': undefined },
			'DATE_MISSING',
		],
		[
			'the digest is missing',
			{ ...sign(), digest: undefined, 'keygen-digest': undefined },
			'DIGEST_MISSING',
		],
		['the digest is of another body', sign({ body: '{}' }), 'DIGEST_MISMATCH'],
		['one digest is another', { ...sign(), digest: 'sha-256=AAAA' }, 'DIGEST_MISMATCH'],
		[
			'the copy of the digest is another',
			{ ...sign(), 'keygen-digest': 'sha-256=AAAA' },
			'DIGEST_MISMATCH',
		],
		['a header occurs in two spellings', { ...sign(), Digest: sign().digest }, 'HEADER_REPEATED'],
		[
			'a date occurs twice',
			{ ...sign(), 'keygen-date': [sign().date, sign().date] },
			'HEADER_REPEATED',
		],
		[
			'a date is two, joined',
			{ ...sign(), 'keygen-date': `${sign().date}, ${sign().date}` },
			'DATE_MALFORMED',
		],
		[
			'the path is another',
			sign({ target: '/webhook/7f/other?token=a%20b&x[]=1' }),
			'SIGNATURE_INVALID',
		],
		['the query is missing', sign({ target: '/webhook/7f/keygen' }), 'SIGNATURE_INVALID'],
		[
			'the query is escaped differently',
			sign({ target: SIGNED.target.replace('[]', '%5B%5D') }),
			'SIGNATURE_INVALID',
		],
		['the host is another', sign({ host: 'evil.example.com' }), 'SIGNATURE_INVALID'],
		['the host has a port', sign({ host: 'n8n.example.com:443' }), 'SIGNATURE_INVALID'],
		['the method is another', sign({ method: 'PUT' }), 'SIGNATURE_INVALID'],
		['the account is another', sign({ accountId: 'someone' }), 'ACCOUNT_MISMATCH'],
		[
			'the account is in capitals',
			sign({ accountId: accountId.toUpperCase() }),
			'ACCOUNT_MISMATCH',
		],
		['the algorithm is another one', sign({ algorithm: 'rsa-sha256' }), 'ALGORITHM_MISMATCH'],
		['the algorithm is unknown', replaced('ed25519', 'hs2019'), 'ALGORITHM_MISMATCH'],
		[
			'the signature is by another key',
			signedHeaders(createAccount().keys, {
				method: 'POST',
				...SIGNED,
				body,
				date: new Date(NOW),
				algorithm: 'ed25519',
				accountId,
			}),
			'SIGNATURE_INVALID',
		],
	] as Array<[string, Record<string, string | string[] | undefined>, string]>)(
		'is refused if %s',
		(_name, headers, code) => {
			expect(verify(headers)).toMatchObject({ valid: false, code, signedAt: null });
		},
	);

	test.each([
		['Tue, 20 Jan 2026 00:05:01 GMT', 'DATE_IN_FUTURE'],
		['Mon, 19 Jan 2026 23:54:59 GMT', 'DATE_TOO_OLD'],
		['Mon, 20 Jan 2026 00:00:00 GMT', 'DATE_MALFORMED'],
		['Tue, 20 Jan 2026 00:00:00 UTC', 'DATE_MALFORMED'],
		['Tue, 20 Jan 2026 01:00:00 +0100', 'DATE_MALFORMED'],
		['2026-01-20T00:00:00.000Z', 'DATE_MALFORMED'],
		['Tuesday, 20-Jan-26 00:00:00 GMT', 'DATE_MALFORMED'],
		['tue, 20 jan 2026 00:00:00 gmt', 'DATE_MALFORMED'],
		['Tue, 20 Jan 2026 00:00:00 GMT ', 'DATE_MALFORMED'],
		['', 'DATE_MALFORMED'],
	])('is refused with the date %j', (date, code) => {
		expect(verify({ ...sign(), 'keygen-date': date }).code).toBe(code);
		expect(verify({ ...sign(), date, 'keygen-date': undefined }).code).toBe(code);
	});

	test('is refused once the chosen window is over', () => {
		expect(verify(sign(), { now: NOW + 10_000, toleranceSeconds: 10 }).valid).toBe(true);
		expect(verify(sign(), { now: NOW + 11_000, toleranceSeconds: 10 }).code).toBe('DATE_TOO_OLD');
	});

	test.each([
		['another name', replaced('keyid=', 'keyId=')],
		['a repeated part', replaced('keyid=', 'keyid="x", keyid=')],
		['a part too many', replaced('keyid=', 'created="1", keyid=')],
		['a part less', replaced(/keyid="[^"]*", /, '')],
		['no quotes', replaced(/keyid="([^"]*)"/, 'keyid=$1')],
		['single quotes', replaced(/keyid="([^"]*)"/, "keyid='$1'")],
		['fewer signed headers', replaced(' host date digest', ' date digest')],
		['signed headers in another order', replaced('host date', 'date host')],
		['more signed headers', replaced('date digest', 'date digest content-type')],
		['a comma at the end', replaced(/$/, ',')],
		['wide blanks', replaced(', ', ',  ')],
		[
			'a signature in the other alphabet',
			replaced(
				/signature="([^"]*)"/,
				(_all: string, value: string) =>
					`signature="${value.replaceAll('+', '-').replaceAll('/', '_')}-"`,
			),
		],
		['a signature without padding', replaced('=="', '"')],
		['an empty signature', replaced(/signature="[^"]*"/, 'signature=""')],
		['itself, joined as repeated headers are', replaced(/^(.*)$/, '$1, $1')],
		['a very long value', replaced('keyid="', `keyid="${'a'.repeat(5000)}`)],
	] as Array<[string, Record<string, string>]>)(
		'is refused if the signature header has %s',
		(_name, headers) => {
			expect(verify(headers).code).toBe('SIGNATURE_MALFORMED');
		},
	);

	test('with surplus bits in its signature is refused', () => {
		const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
		const headers = sign();
		const changed = headers['keygen-signature'].replace(/(.)=="/, (_all, letter: string) => {
			return `${letters[letters.indexOf(letter) + 1]}=="`;
		});
		expect(changed).not.toBe(headers['keygen-signature']);
		expect(verify({ ...headers, 'keygen-signature': changed }).code).toBe('SIGNATURE_MALFORMED');
	});

	test('cannot choose a weaker check than the one that was asked for', () => {
		// Signed with the account's RSA key; ed25519 was registered.
		const headers = sign({ algorithm: 'rsa-sha256' });
		const claimed = headers['keygen-signature'].replace('rsa-sha256', 'ed25519');
		expect(verify({ ...headers, 'keygen-signature': claimed }).code).toBe('SIGNATURE_INVALID');
		expect(verify(headers, { publicKeys: account.rsa }).code).toBe('ALGORITHM_MISMATCH');
		const onlyRsa = { publicKeys: account.rsa };
		expect(verify({ ...headers, 'keygen-signature': claimed }, onlyRsa).code).toBe('KEY_MISMATCH');
		const pss = { algorithm: 'rsa-pss-sha256' };
		const asPss = headers['keygen-signature'].replace('rsa-sha256', 'rsa-pss-sha256');
		expect(verify({ ...headers, 'keygen-signature': asPss }, pss).code).toBe('SIGNATURE_INVALID');
	});

	test('says so if the key or the URL is of no use', () => {
		expect(verify(sign(), { publicKeys: importPublicKey('x') }).code).toBe('INVALID_PUBLIC_KEY');
		const request = { registeredUrl: 'n8n.example.com/hook', headers: sign(), body };
		expect(verifyWebhookRequest(request, given).code).toBe('URL_INVALID');
	});

	test('is refused unread if its body is huge', () => {
		const huge = Buffer.alloc(16 * 1024 * 1024 + 1);
		const request = { registeredUrl, headers: sign(), body: huge };
		expect(verifyWebhookRequest(request, given).code).toBe('TOO_LARGE');
	});

	test('a clock or algorithm that is none is the fault of the caller', () => {
		expect(() => verify(sign(), { now: Number.NaN })).toThrow(TypeError);
		expect(() => verify(sign(), { algorithm: 'none' })).toThrow(TypeError);
	});
});

describe('proxies on the way', () => {
	test('that replace Date do no harm', () => {
		const headers = { ...sign(), date: 'Tue, 20 Jan 2026 00:00:09 GMT' };
		expect(verify(headers)).toMatchObject({ valid: true, signedAt: NOW });
	});

	test('that drop the copies do no harm', () => {
		const { date, digest, ...rest } = sign();
		const headers = { date, digest, 'keygen-signature': rest['keygen-signature'] };
		expect(verify(headers).valid).toBe(true);
	});

	test('that drop Date and Digest do no harm', () => {
		expect(verify({ ...sign(), date: undefined, digest: undefined }).valid).toBe(true);
	});

	test('cannot make an old request young', () => {
		const headers = { ...sign({ date: new Date(NOW - 3_600_000) }), date: sign().date };
		expect(verify(headers).code).toBe('DATE_TOO_OLD');
		expect(verify({ ...headers, 'keygen-date': undefined }).code).toBe('SIGNATURE_INVALID');
	});

	test.each([
		'https://n8n.example.com:8443',
		'https://n8n.example.com:443',
		'https://n8n.example.com:',
	])('a port in the registered URL %s is not signed', (origin) => {
		const request = { registeredUrl: `${origin}${SIGNED.target}`, headers: sign(), body };
		expect(verifyWebhookRequest(request, given).valid).toBe(true);
	});
});

describe('the signed parts of a URL', () => {
	test.each([
		['https://a.example', 'a.example', '/'],
		['https://a.example/', 'a.example', '/'],
		['https://a.example?b=1', 'a.example', '/?b=1'],
		['https://a.example:8443/x', 'a.example', '/x'],
		['https://user:pass@a.example/x', 'a.example', '/x'],
		['https://a.example/x?y=/z', 'a.example', '/x?y=/z'],
		['https://a.example/x#y?z', 'a.example', '/x'],
		['https://a.example/%7Euser/../x', 'a.example', '/%7Euser/../x'],
		['https://a.example/b@c:1', 'a.example', '/b@c:1'],
		['HTTP://A.example/X', 'A.example', '/X'],
	])('%s', (url, host, target) => {
		expect(signedPartsOf(url)).toEqual({ host, target });
	});

	test.each([
		'',
		'a.example',
		'//a.example/x',
		'ftp://a.example/',
		'https://',
		'https://a b/',
		'https://a.example/x\ny',
		'https:\\\\a.example\\x',
		`https://a.example/${'x'.repeat(9000)}`,
	])('%j has none', (url) => {
		expect(signedPartsOf(url)).toBeUndefined();
	});
});

describe('a response', () => {
	const url = 'https://api.keygen.sh/v1/accounts/demo/licenses/actions/validate-key?a[b]=c';
	const parts = {
		host: 'api.keygen.sh',
		target: '/v1/accounts/demo/licenses/actions/validate-key?a[b]=c',
	};
	const answer = (meta: object) => Buffer.from(JSON.stringify({ data: null, meta }));
	const verifyAnswer = (content: Buffer, more: object = {}, response: object = {}) => {
		const headers = sign({ ...parts, body: content });
		return verifyResponse(
			{ method: 'post', url, headers, body: content, ...response },
			{
				...given,
				...more,
			},
		);
	};

	test.each(ALGORITHMS)('signed with %s is valid', (algorithm) => {
		const headers = sign({ ...parts, algorithm });
		const response = { method: 'POST', url, headers, body };
		expect(verifyResponse(response, { ...given, algorithm }).valid).toBe(true);
	});

	test('is valid whatever the case of the host that was asked', () => {
		const typed = url.replace('https://api.keygen.sh', 'HTTPS://API.keygen.SH:443');
		expect(verifyAnswer(answer({}), {}, { url: typed }).valid).toBe(true);
	});

	test('with the nonce that was sent is valid', () => {
		expect(verifyAnswer(answer({ valid: true, nonce: 42 }), { nonce: 42 }).valid).toBe(true);
		expect(verifyAnswer(answer({ valid: true, nonce: 42 }), { nonce: '42' }).valid).toBe(true);
		expect(verifyAnswer(answer({ valid: true, nonce: 42 })).valid).toBe(true);
	});

	test.each([{ nonce: 43 }, { nonce: null }, { nonce: [42] }, { nonce: { a: 42 } }, {}])(
		'with meta %j is no answer to the nonce 42',
		(meta) => {
			const result = verifyAnswer(answer(meta), { nonce: 42 });
			expect(result).toMatchObject({ valid: false, code: 'NONCE_MISMATCH', signedAt: NOW });
		},
	);

	test('that is no JSON has no nonce', () => {
		expect(verifyAnswer(Buffer.from('[[['), { nonce: 1 }).code).toBe('NONCE_MISMATCH');
		expect(verifyAnswer(Buffer.from([0xff, 0xfe]), { nonce: 1 }).code).toBe('NONCE_MISMATCH');
	});

	test('with a nonce under a wrong signature is refused for the signature', () => {
		const result = verifyAnswer(answer({ nonce: 1 }), { nonce: 1 }, { method: 'GET' });
		expect(result.code).toBe('SIGNATURE_INVALID');
	});

	test('whose text was decoded and encoded again is still the same bytes', () => {
		const content = answer({ name: 'größer ☃', nonce: 1 });
		const again = Buffer.from(content.toString('utf8'), 'utf8');
		expect(verifyAnswer(content, { nonce: 1 }, { body: again }).valid).toBe(true);
		const reformatted = Buffer.from(JSON.stringify(JSON.parse(content.toString()), null, 2));
		expect(verifyAnswer(content, { nonce: 1 }, { body: reformatted }).code).toBe('DIGEST_MISMATCH');
	});
});
