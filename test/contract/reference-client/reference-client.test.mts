import { request } from 'node:http';

import { startKeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import type { KeeperPartnerSandbox } from '../../../sandbox/keeper-partner/server.mts';
import {
	LEGACY_TRANSPORT_BREAKS,
	PUBLISHED_SAMPLE_BREAKS,
	PUBLISHED_SAMPLE_SURVIVES,
} from './published-sample-breaks.mts';
import {
	encodedUrl,
	publishedUrl,
	referenceHash,
	referenceProvision,
} from './reference-client.mts';
import type { ReferenceRequest, ReferenceStudent } from './reference-client.mts';

const partner = { partnerName: 'northfield', secret: 'PARTNER_SECRET' };

const ordinary: ReferenceStudent = {
	email: 'student@students.university.edu',
	firstName: 'Jane',
	lastName: 'Smith',
	transactionId: 'UNIV-2024-00123',
};

let sandbox: KeeperPartnerSandbox;

beforeAll(async () => {
	sandbox = await startKeeperPartnerSandbox({
		partnerName: partner.partnerName,
		partnerSecret: partner.secret,
	});
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const requestFor = (changes: Partial<ReferenceStudent> = {}): ReferenceRequest => ({
	baseUrl: sandbox.url,
	plan: 'student',
	...partner,
	student: { ...ordinary, ...changes },
});

/** A row of the ledger in the terms of what was asked for. */
const stored = () => {
	const { email, firstName, lastName, transactionId } = sandbox.ledger()[0];
	return { email, firstName, lastName, transactionId };
};

describe('hash', () => {
	it('is that of the reference vector', () => {
		expect(referenceHash('student@students.university.edu', 'PARTNER_SECRET')).toBe(
			'8e608a48653269218ba03eeeafa0d366524e38d15f28b3f36f7e160c04fc6616',
		);
	});

	it('differs when the plus sign of the published shell line is taken for data', () => {
		expect(referenceHash('student@students.university.edu+', 'PARTNER_SECRET')).toBe(
			'4c7a03115db775b8f79336300e299815c3c2662cf17da2a4bd0232e6416d30cf',
		);
	});
});

describe('URL', () => {
	const base = { ...partner, baseUrl: 'https://keepersecurity.com', student: ordinary };
	const hash = '8e608a48653269218ba03eeeafa0d366524e38d15f28b3f36f7e160c04fc6616';

	it('for a student plan is the published one, word for word', () => {
		expect(publishedUrl({ ...base, plan: 'student' })).toBe(
			'https://keepersecurity.com/bi_api/v1/services/partner/create-license?product_type=4' +
				'&transaction_id=UNIV-2024-00123&first_name=Jane&last_name=Smith' +
				`&email=student@students.university.edu&hash=${hash}&partner_name=northfield`,
		);
	});

	it('for a family plan is the published one, without product type', () => {
		expect(publishedUrl({ ...base, plan: 'family' })).toBe(
			'https://keepersecurity.com/bi_api/v1/services/partner/create-license?' +
				'transaction_id=UNIV-2024-00123&first_name=Jane&last_name=Smith' +
				`&email=student@students.university.edu&hash=${hash}&partner_name=northfield`,
		);
	});

	it('encodes every value but hashes the e-mail as it is', () => {
		const student = {
			email: 'a+b@s.example',
			firstName: 'M & M',
			lastName: '王',
			transactionId: '#1',
		};
		const url = encodedUrl({ ...base, plan: 'family', student });
		expect(url.slice(url.indexOf('?') + 1)).toBe(
			'transaction_id=%231&first_name=M%20%26%20M&last_name=%E7%8E%8B&email=a%2Bb%40s.example' +
				`&hash=${referenceHash('a+b@s.example', partner.secret)}&partner_name=northfield`,
		);
	});
});

describe.each(['published', 'encoded'] as const)('%s variant', (variant) => {
	it.each(['student', 'family'] as const)(
		'creates a %s license for an ordinary person',
		async (plan) => {
			const answer = await referenceProvision({ ...requestFor(), plan, variant });

			expect(answer).toMatchObject({ status: 200, contentType: 'application/json' });
			expect(JSON.parse(answer.body)).toEqual({
				success: true,
				order_number: sandbox.ledger()[0].orderNumber,
				vault_url: 'keepersecurity.com/vault/#',
			});
			expect(stored()).toEqual(ordinary);
			expect(sandbox.ledger()[0].plan).toBe(plan);
			expect(sandbox.requests()[0].headers['content-type']).toBe('application/json');
		},
	);

	it('does not follow a redirect', async () => {
		sandbox.setFaults({
			rules: [{ kind: 'redirect-other-host', redirectTo: sandbox.url, nth: 1 }],
		});
		expect((await referenceProvision({ ...requestFor(), variant })).status).toBe(302);
		expect(sandbox.requests()).toHaveLength(1);
	});
});

describe.each(PUBLISHED_SAMPLE_BREAKS)('$title', ({ student, outcome }) => {
	it('breaks the published variant as the table says', async () => {
		const answer = await referenceProvision({ ...requestFor(student), variant: 'published' });

		if (outcome.kind === 'refused') {
			expect(answer.status).toBe(outcome.status);
			expect(sandbox.ledger()).toEqual([]);
		} else {
			expect(answer.status).toBe(200);
			expect(stored()).toEqual({ ...ordinary, ...student, ...outcome.stored });
			expect(outcome.stored).not.toMatchObject(student);
		}
	});

	const controlCharacter = Object.values(student).some((value) => value?.includes('\t'));

	it(`arrives unharmed when encoded${controlCharacter ? ', and is then refused for its tab' : ''}`, async () => {
		const answer = await referenceProvision({ ...requestFor(student), variant: 'encoded' });

		if (controlCharacter) {
			expect(sandbox.requests()[0].refusal).toBe('control character in "first_name"');
		} else {
			expect(answer.status).toBe(200);
			expect(stored()).toEqual({ ...ordinary, ...student });
		}
	});
});

describe.each(PUBLISHED_SAMPLE_SURVIVES)('$title', ({ student }) => {
	it.each(['published', 'encoded'] as const)('survives in the %s variant', async (variant) => {
		await referenceProvision({ ...requestFor(student), variant });
		expect(stored()).toEqual({ ...ordinary, ...student });
	});
});

describe.each(LEGACY_TRANSPORT_BREAKS)(
	"$title by the sample's own transport",
	({ student, outcome }) => {
		/** What url.parse leaves of these letters: everything, as it encodes no letter beyond ASCII. */
		const sendUnparsed = (url: string) =>
			new Promise<number | undefined>((resolve, reject) => {
				const { hostname, port } = new URL(url);
				const path = url.slice(url.indexOf('/bi_api'));
				request({ hostname, port, path, agent: false }, (response) => {
					response.resume().on('end', () => resolve(response.statusCode));
				})
					.on('error', reject)
					.end();
			});

		it('breaks as the table says', async () => {
			const sending = sendUnparsed(publishedUrl(requestFor(student)));
			if (outcome.kind === 'never sent') {
				await expect(sending).rejects.toMatchObject({ code: 'ERR_UNESCAPED_CHARACTERS' });
				expect(sandbox.requests()).toEqual([]);
			} else {
				expect(await sending).toBe(outcome.status);
			}
			expect(sandbox.ledger()).toEqual([]);
		});
	},
);
