import { licenseHash, licenseUrl } from '../../../nodes/KeeperPartner/call/license-request';
import { PLANS } from '../../../nodes/KeeperPartner/plans';
import { forbiddenDomain, parseDomains } from '../../../nodes/KeeperPartner/person/domain-rule';
import { transactionIdOf } from '../../../nodes/KeeperPartner/person/transaction-id';
import { keeperBaseUrl } from '../../../nodes/shared/keeper/keeper-region';

describe('the hash', () => {
	it('is SHA-256 of email and secret with nothing between', () => {
		// Computed with openssl dgst -sha256 over the concatenation.
		expect(licenseHash('student@students.university.edu', 'PARTNER_SECRET')).toBe(
			'8e608a48653269218ba03eeeafa0d366524e38d15f28b3f36f7e160c04fc6616',
		);
	});

	it('has no plus sign between them, unlike the shell example of the documents', () => {
		expect(licenseHash('student@students.university.edu', 'PARTNER_SECRET')).not.toBe(
			'4c7a03115db775b8f79336300e299815c3c2662cf17da2a4bd0232e6416d30cf',
		);
	});
});

it('a URL encodes every sign that is not unreserved in RFC 3986', () => {
	const signs = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
	const url = licenseUrl(PLANS.provisionFamilyPlan, 'https://keepersecurity.com', {
		first_name: signs,
	});
	const [address, query] = url.split('?');
	expect(address).toBe('https://keepersecurity.com/bi_api/v1/services/partner/create-license');
	expect(query.replace(/%[0-9A-F]{2}/g, '')).toMatch(/^first_name=[A-Za-z0-9._~-]*$/);
	expect(decodeURIComponent(query.slice('first_name='.length))).toBe(signs);
});

it('domains are read in any of the usual notations', () => {
	expect(parseDomains(' @a.example, *.b.example;\n.c.example. D.Example ')).toEqual([
		'a.example',
		'b.example',
		'c.example',
		'd.example',
	]);
	expect(parseDomains(undefined)).toEqual([]);
	expect(forbiddenDomain('x@a.example', { domains: [], includeSubdomains: true })).toBeUndefined();
});

it('no transaction ID is derived from a missing address', () => {
	expect([
		transactionIdOf('', 'student'),
		transactionIdOf(undefined, 'student'),
		transactionIdOf({}, 'student'),
	]).toEqual(['', '', '']);
});

describe('the base URL of a credential', () => {
	it.each([
		['US', 'https://keepersecurity.com'],
		['EU', 'https://keepersecurity.eu'],
		['AU', 'https://keepersecurity.com.au'],
		['CA', 'https://keepersecurity.ca'],
		['JP', 'https://keepersecurity.jp'],
		['US_GOV', 'https://govcloud.keepersecurity.us'],
	])('of region %s is %s', (region, baseUrl) => {
		expect(keeperBaseUrl(region, 'https://ignored.example')).toEqual({ ok: true, value: baseUrl });
	});

	it.each([
		[' https://proxy.example/keeper// ', 'https://proxy.example/keeper'],
		['http://localhost:8080', 'http://localhost:8080'],
		['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
		['http://[::1]:9', 'http://[::1]:9'],
	])('may be custom: %s', (given, baseUrl) => {
		expect(keeperBaseUrl('custom', given)).toEqual({ ok: true, value: baseUrl });
	});

	it.each([
		'http://keeper.example',
		'http://localhost.evil.example',
		'ftp://x.example',
		'keepersecurity.com',
		'',
		'https://a@b.example',
		'https://x.example/?a=b',
	])('must not be %j', (given) =>
		expect(keeperBaseUrl('custom', given)).toHaveProperty('ok', false),
	);
});
