import type { INodeParameters } from 'n8n-workflow';

import { KeeperAdminEvents } from '../../../nodes/KeeperAdminEvents/KeeperAdminEvents.node';
import { readMonth } from '../../../nodes/KeeperAdminEvents/billing/billing-month';
import { runNode } from '../../../sandbox/n8n/engine.mts';
import { records } from './get-many.mts';
import { credential, sandboxForTests, startRecording, TOKEN } from './service.mts';

const BILLING_TOKEN = 'billing-token-81x';
const sandbox = sandboxForTests({ billingTokens: [BILLING_TOKEN] });

async function usageOf(
	parameters: INodeParameters = {},
	apiToken = BILLING_TOKEN,
	items = 1,
	urlOf: (itemIndex: number) => string = () => sandbox().url,
) {
	return await runNode({
		type: new KeeperAdminEvents(),
		parameters: {
			resource: 'billingUsage',
			operation: 'getBillingUsage',
			billingMonth: 'custom',
			year: 2026,
			month: 2,
			...parameters,
		},
		items: Array.from({ length: items }, () => ({ json: {} })),
		credentials: {
			keeperAdminApi: (itemIndex) => credential(urlOf(itemIndex), { apiToken }).keeperAdminApi,
		},
	});
}

it("hands on Keeper's answer as it is, fractions too", async () => {
	const [answer] = records(await usageOf());
	expect(answer).toMatchObject({
		month: 2,
		year: 2026,
		usage: {
			mspItem: { companyId: 4711, products: [{ productName: 'Business Plus', quantity: 12.5 }] },
			mcItems: [{ companyName: 'Contoso', products: [{ cost: 185 }, { cost: 5 }] }],
		},
	});
});

it('reads one month for each item', async () => {
	const months = records(await usageOf({ month: '={{ $itemIndex + 10 }}' }, BILLING_TOKEN, 3));
	expect(months.map(({ month }) => month)).toEqual([10, 11, 12]);
});

it('asks for each item where its own credential leads', async () => {
	const other = await startRecording({ billingTokens: [BILLING_TOKEN] });
	try {
		const urlOf = (itemIndex: number) => (itemIndex === 1 ? other.url : sandbox().url);
		records(await usageOf({}, BILLING_TOKEN, 3, urlOf));
		expect([sandbox().service.requests, other.service.requests]).toEqual([2, 1]);
	} finally {
		await other.close();
	}
});

it('repeats what failed, as reading changes nothing', async () => {
	sandbox().service.faults.add([{ kind: 'error-500' }]);
	expect(records(await usageOf())).toHaveLength(1);
});

describe('stops with words that say what to do', () => {
	it.each([
		['the token has another integration', TOKEN, /read billing usage/, /'BILLING' \(read\)/],
		['the token is unknown', 'nobody', /did not accept the API token/, /'BILLING' \(read\)/],
	])('when %s', async (_, token, message, description) => {
		const { error } = await usageOf({}, token);
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(description);
		expect(JSON.stringify(error)).not.toContain(token);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['month 13', { month: 13 }, /'Month of the Year' must be a whole number from 1 to 12/],
		['no month', { month: '={{ "" }}' }, /'Month of the Year' must be a whole number/],
		['a year of two digits', { year: 26 }, /'Year' must be a whole number from 2000/],
		['an unknown choice', { billingMonth: 'nextMonth' }, /'Month' is 'nextMonth'/],
	])('when asked for %s, before any request', async (_, parameters, message) => {
		const { error } = await usageOf(parameters);
		expect(error?.message).toMatch(message);
		expect(sandbox().service.requests).toBe(0);
	});
});

describe('this month and last month', () => {
	const at = (choice: string, zone: string, now: string) =>
		readMonth(() => choice, zone, Date.parse(now));

	it('are those of the calendar in the zone', () => {
		expect(at('thisMonth', 'UTC', '2026-03-01T02:00:00Z')).toEqual({ year: 2026, month: 3 });
		expect(at('thisMonth', 'America/New_York', '2026-03-01T02:00:00Z')).toEqual({
			year: 2026,
			month: 2,
		});
	});

	it('cross the turn of the year', () => {
		expect(at('lastMonth', 'UTC', '2026-01-15T00:00:00Z')).toEqual({ year: 2025, month: 12 });
		expect(at('lastMonth', 'Asia/Tokyo', '2025-12-31T20:00:00Z')).toEqual({
			year: 2025,
			month: 12,
		});
	});
});
