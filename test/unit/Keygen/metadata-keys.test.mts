import * as fc from 'fast-check';

import { changedKeys, collidingKeys, roundTrip } from '../../../nodes/Keygen/input/metadata-keys';

test.each([
	['externalId', 'externalId'],
	['plan', 'plan'],
	['line1', 'line1'],
	['addressLine1', 'addressLine1'],
	['stripe_customer_id', 'stripeCustomerId'],
	['order-id', 'orderId'],
	['SKU', 'sku'],
	['customerID', 'customerId'],
	['Name', 'name'],
	['order/id', 'orderId'],
	['user@example', 'userExample'],
	['Straße', 'strasse'],
	['übung', 'ubung'],
	['camelCaseÄ', 'camelCasea'],
	['a:b', 'aB'],
	['a,b', 'aB'],
	['a+b', 'aB'],
	['emoji😀', 'emoji'],
	['日本', ''],
])('%s comes back as %s', (key, expected) => {
	expect(roundTrip(key)).toBe(expected);
});

test('camelCase of whole words stays as it is', () => {
	fc.assert(
		fc.property(
			fc.array(fc.stringMatching(/^[a-z]{2,8}$/), { minLength: 1, maxLength: 4 }),
			([first, ...others]) => {
				const key = first + others.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
				expect(roundTrip(key)).toBe(key);
			},
		),
	);
});

test('names are found at any depth', () => {
	expect(changedKeys({ ok: { stillOk: [{ not_ok: 1 }] } })).toEqual([['not_ok', 'notOk']]);
});

test('names that become one are found, each with its like', () => {
	expect(
		collidingKeys({ order_id: 1, orderId: 2, other: { 'a:b': 1, 'a,b': 2, 'a+b': 3 } }),
	).toEqual([
		['order_id', 'orderId'],
		['a:b', 'a,b', 'a+b'],
	]);
	expect(collidingKeys({ 日本: 1, 中国: 2 })).toEqual([['日本', '中国']]);
	expect(collidingKeys([{ a: 1 }, { a: 2 }])).toEqual([]);
});
