import * as fc from 'fast-check';

import { changedKeys, roundTrip } from '../../../nodes/Keygen/input/metadata-keys';

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
