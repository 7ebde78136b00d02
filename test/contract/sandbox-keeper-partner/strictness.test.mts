import { startKeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import { JANE, PARTNER, PATH, hashOf, send, target } from './raw-request.mts';

const BAD_REQUEST = { success: false, message: 'Invalid request - Missing required fields' };
const UNAUTHORIZED = { success: false, message: 'Invalid Hash Value - UnAuthorized' };

let sandbox: KeeperPartnerSandbox;

beforeAll(async () => {
	sandbox = await startKeeperPartnerSandbox({
		...PARTNER,
		primaryDomains: ['northfield.example'],
		extraParameters: ['locale'],
	});
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const lastRefusal = () => sandbox.requests().at(-1)?.refusal;

describe('what it accepts', () => {
	it('creates a student license and answers as documented', async () => {
		const answer = await send(sandbox.url, target());

		expect(answer.status).toBe(200);
		expect(answer.headers['content-type']).toBe('application/json');
		const body = JSON.parse(answer.body);
		expect(Object.keys(body)).toEqual(['success', 'order_number', 'vault_url']);
		expect(body).toMatchObject({ success: true, vault_url: 'keepersecurity.com/vault/#' });
		expect(body.order_number).toMatch(/^\d{8}-\d{4}$/);
		expect(sandbox.ledger()).toEqual([
			{
				sequence: 1,
				email: JANE,
				firstName: 'Jane',
				lastName: 'Smith',
				transactionId: 'UNIV-2024-00123',
				plan: 'student',
				orderNumber: body.order_number,
				createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			},
		]);
	});

	it('accepts the hash of the reference vector', async () => {
		const email = 'student@students.university.edu';
		const hash = '8e608a48653269218ba03eeeafa0d366524e38d15f28b3f36f7e160c04fc6616';
		expect((await send(sandbox.url, target({ email, hash }))).status).toBe(200);
	});

	it('creates a family license when there is no product type', async () => {
		await send(sandbox.url, target({ product_type: undefined }));
		expect(sandbox.ledger()[0].plan).toBe('family');
	});

	it('does without a last name', async () => {
		expect((await send(sandbox.url, target({ last_name: undefined }))).status).toBe(200);
		expect(sandbox.ledger()[0]).not.toHaveProperty('lastName');
	});

	it.each(['+', '&', '#', '%', '=', '%41', "'", ' ', '小明', '👩‍🎓', 'e\u0301', '<b>', ';', '\\'])(
		'stores a name with %j as it was before encoding',
		async (text) => {
			await send(sandbox.url, target({ first_name: `A${text}z` }));
			expect(sandbox.ledger()[0].firstName).toBe(`A${text}z`);
		},
	);

	it('accepts a plus address that is encoded', async () => {
		const email = 'jane+keeper@students.northfield.example';
		expect((await send(sandbox.url, target({ email }))).status).toBe(200);
		expect(sandbox.ledger()[0].email).toBe(email);
	});

	it('accepts an extra parameter that was allowed by name', async () => {
		expect((await send(sandbox.url, target({ locale: 'de' }))).status).toBe(200);
		expect(sandbox.ledger()[0].extra).toEqual({ locale: 'de' });
	});

	it.each(['jane@alumni.northfield.example', 'jane@notnorthfield.example'])(
		'accepts a student on %s, which only resembles the primary domain',
		async (email) => {
			expect((await send(sandbox.url, target({ email }))).status).toBe(200);
		},
	);

	it('accepts a family account on the primary domain', async () => {
		const email = 'staff@northfield.example';
		expect((await send(sandbox.url, target({ email, product_type: undefined }))).status).toBe(200);
	});
});

describe('the danger', () => {
	it('creates again for an e-mail that has a license, and the ledger shows it', async () => {
		await send(sandbox.url, target());
		await send(sandbox.url, target({ email: 'other@students.northfield.example' }));
		await send(sandbox.url, target({ email: JANE.toUpperCase() }));
		await send(sandbox.url, target());

		expect(sandbox.ledger().map((row) => row.duplicateOf)).toEqual([undefined, undefined, 1, 1]);
		expect(new Set(sandbox.ledger().map((row) => row.orderNumber)).size).toBe(4);
		expect(sandbox.stats()).toMatchObject({ created: 4, duplicates: 2 });
	});
});

describe('what it refuses with 400', () => {
	const valid = () => target().slice(PATH.length + 1);

	it.each<[string, () => string, RegExp]>([
		['no query at all', () => PATH, /no parameters/],
		['an empty query', () => `${PATH}?`, /no parameters/],
		[
			'no transaction ID',
			() => target({ transaction_id: undefined }),
			/"transaction_id" is missing/,
		],
		['no first name', () => target({ first_name: undefined }), /"first_name" is missing/],
		['no hash', () => target({ hash: undefined }), /"hash" is missing/],
		['no partner name', () => target({ partner_name: undefined }), /"partner_name" is missing/],
		['no e-mail', () => `${PATH}?${valid().replace(/&email=[^&]+/, '')}`, /"email" is missing/],
		['an empty first name', () => target({ first_name: '' }), /empty value for "first_name"/],
		['an empty last name', () => target({ last_name: '' }), /empty value for "last_name"/],
		['a blank first name', () => target({ first_name: '  ' }), /blank value for "first_name"/],
		['a repeated parameter', () => `${target()}&first_name=Joan`, /"first_name" is repeated/],
		['a repeated parameter of the same value', () => `${target()}&product_type=4`, /is repeated/],
		['an unknown parameter', () => target({ quantity: '2' }), /unknown parameter "quantity"/],
		['a parameter in the wrong case', () => target({ Locale: 'de' }), /unknown parameter "Locale"/],
		['a parameter without a value', () => `${target()}&locale`, /"locale" is not name=value/],
		['a parameter without a name', () => `${target()}&=de`, /"=de" is not name=value/],
		['a trailing ampersand', () => `${target()}&`, /"" is not name=value/],
		['product type 1', () => target({ product_type: '1' }), /product_type is not 4/],
		['product type 04', () => target({ product_type: '04' }), /product_type is not 4/],
		[
			'a lone percent sign',
			() => `${target({ locale: undefined })}&locale=100%`,
			/percent-encoding/,
		],
		['a percent sign before no hex', () => `${target()}&locale=%zz`, /percent-encoding/],
		['bytes that are no UTF-8', () => `${target()}&locale=%FF`, /percent-encoding/],
		['a surrogate half in UTF-8', () => `${target()}&locale=%ED%A0%80`, /percent-encoding/],
		['an over-long UTF-8 form', () => `${target()}&locale=%C0%AF`, /percent-encoding/],
		['a raw quotation mark', () => `${target()}&locale="de"`, /must be percent-encoded/],
		['a raw vertical bar', () => `${target()}&locale=d|e`, /must be percent-encoded/],
		['a control character', () => target({ first_name: 'Ja\u0000ne' }), /control character/],
		['an e-mail without a domain', () => target({ email: 'jane' }), /e-mail address is malformed/],
		['an e-mail with two at signs', () => target({ email: 'a@b@c.example' }), /malformed/],
		['an e-mail with a space', () => target({ email: 'ja ne@c.example' }), /malformed/],
		['an e-mail on a dotless domain', () => target({ email: 'jane@localhost' }), /malformed/],
		['an e-mail with an empty label', () => target({ email: 'jane@c..example' }), /malformed/],
		[
			'a student on the primary domain',
			() => target({ email: 'jane@northfield.example' }),
			/primary/,
		],
		['the same in capitals', () => target({ email: 'jane@NORTHFIELD.example' }), /primary/],
	])('%s', async (_, makeTarget, refusal) => {
		const answer = await send(sandbox.url, makeTarget());

		expect(answer.status).toBe(400);
		expect(JSON.parse(answer.body)).toEqual(BAD_REQUEST);
		expect(answer.headers['content-type']).toBe('application/json');
		expect(lastRefusal()).toMatch(refusal);
		expect(sandbox.ledger()).toEqual([]);
	});

	it('a raw letter beyond ASCII, which the HTTP parser itself refuses', async () => {
		const answer = await send(sandbox.url, `${target()}&locale=\u00fc`);
		expect(answer.status).toBe(400);
		expect(sandbox.ledger()).toEqual([]);
	});

	it('a body', async () => {
		const headers = { 'content-length': '2' };
		const answer = await send(sandbox.url, target(), { headers, body: '{}' });
		expect(answer.status).toBe(400);
		expect(sandbox.ledger()).toEqual([]);
	});
});

describe('what it refuses with 401', () => {
	const vector = 'student@students.university.edu';

	it.each<[string, Record<string, string>]>([
		['the hash of another e-mail', { hash: hashOf('joan@students.northfield.example') }],
		['the hash with another secret', { hash: hashOf(JANE, 'OTHER') }],
		['a hash in capitals', { hash: hashOf(JANE).toUpperCase() }],
		[
			'a hash with a line break in what was hashed',
			{ hash: hashOf(`${JANE}${PARTNER.partnerSecret}\n`, '') },
		],
		['secret before e-mail', { hash: hashOf(PARTNER.partnerSecret + JANE, '') }],
		['the hash of the percent-encoded e-mail', { hash: hashOf(encodeURIComponent(JANE)) }],
		['an unknown partner', { partner_name: 'southfield' }],
		['a partner name in another case', { partner_name: 'Northfield' }],
		[
			'the hash that takes the plus sign of the published shell line for data',
			{ email: vector, hash: '4c7a03115db775b8f79336300e299815c3c2662cf17da2a4bd0232e6416d30cf' },
		],
		[
			'the hash of the published example',
			{ email: vector, hash: 'b94f6f125c79e3a5ffaa826f584c10d52ada669e6762051b826b55776d05a8d4' },
		],
	])('%s', async (_, changes) => {
		const answer = await send(sandbox.url, target(changes));
		expect(answer.status).toBe(401);
		expect(JSON.parse(answer.body)).toEqual(UNAUTHORIZED);
		expect(sandbox.ledger()).toEqual([]);
	});

	it('a raw plus in the e-mail, which arrives as a space', async () => {
		const email = 'jane+keeper@students.northfield.example';
		const answer = await send(sandbox.url, target({ email }).replace('%2B', '+'));
		expect(answer.status).toBe(401);
		expect(sandbox.requests()[0].email).toBe('jane keeper@students.northfield.example');
	});
});

describe('other paths and methods', () => {
	it.each([
		`${PATH}/`,
		'/bi_api/v1/services/partner/Create-License',
		'/bi_api/v1/services/partner/create%2Dlicense',
		`/${PATH}`,
		'/',
	])('answers 404 at %s', async (path) => {
		const answer = await send(sandbox.url, target().replace(PATH, path));
		expect(answer.status).toBe(404);
		expect(sandbox.ledger()).toEqual([]);
	});

	it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'])(
		'answers 405 to %s',
		async (method) => {
			const answer = await send(sandbox.url, target(), { method });
			expect(answer.status).toBe(405);
			expect(answer.headers.allow).toBe('GET');
			expect(sandbox.ledger()).toEqual([]);
		},
	);
});
