import * as fc from 'fast-check';

import {
	displayOptionsAmong,
	type Shown,
	type Spot,
} from '../../../nodes/Keygen/panel/display-options';

/** n8n's rule: every key of `show` must match, no key of `hide` may. */
const isShown = ({ show = {}, hide }: Shown, { resource, operation }: Spot) =>
	(show.resource?.includes(resource) ?? true) &&
	(show.operation?.includes(operation) ?? true) &&
	!hide?.operation.includes(operation);

test('a property is shown once at every wanted spot, and nowhere else', () => {
	const spots = fc.uniqueArray(
		fc.record({
			resource: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
			operation: fc.constantFrom('get', 'list', 'make', 'drop', 'ping', 'pong'),
		}),
		{ minLength: 1, selector: ({ resource, operation }) => `${resource}.${operation}` },
	);
	const cases = spots.chain((all) =>
		fc.record({ all: fc.constant(all), wanted: fc.subarray(all, { minLength: 1 }) }),
	);
	fc.assert(
		fc.property(cases, ({ all, wanted }) => {
			const copies = displayOptionsAmong(all)(wanted);
			for (const spot of all) {
				expect(copies.filter((copy) => isShown(copy, spot))).toHaveLength(
					wanted.includes(spot) ? 1 : 0,
				);
			}
		}),
	);
});

test('one copy is enough for the operations of one name everywhere', () => {
	const all = ['a', 'b', 'c'].flatMap((resource) =>
		['get', 'list'].map((operation) => ({ resource, operation })),
	);
	const lists = all.filter(({ operation }) => operation === 'list');
	expect(displayOptionsAmong(all)(lists)).toHaveLength(1);
});
