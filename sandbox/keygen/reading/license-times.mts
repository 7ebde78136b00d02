import type { Call } from '../call/call.mts';
import { isExpired, lastUse, machinesOf } from '../standing/licenses.mts';
import type { QueryValue } from '../wire/query.mts';
import { comparisons, moment, shifted, timeTest, winner } from './filter-values.mts';
import type { Filter } from './filter.mts';

const reach = (call: Call, direction: 1 | -1) => (period: string) => {
	const limit = shifted(call.now, period, direction);
	if (limit === undefined) return undefined;
	return (time: number) =>
		direction === 1 ? time >= call.now && time <= limit : time <= call.now && time >= limit;
};

const order = ['within', 'in', 'before', 'after', 'on'];
const expiryOf = ({ facts }: { facts: { expiry?: string | null } }) => moment(facts.expiry);

/** Licenses that have not expired yet and do so within, before, after or on a time. */
export const expires: Filter = (call, value) => {
	const test = timeTest(value, order, reach(call, 1), expiryOf);
	// A day counts whole, the hours of it that have passed included.
	const isDay = winner(value, order)?.[0] === 'on';
	return test && ((item) => test(item) && (isDay || !isExpired(call.world, item)));
};

/** Licenses that have expired, within, before, after or on a time. An unknown operator is none. */
export const expired = (call: Call, value: QueryValue) => {
	const isPast: ReturnType<Filter> = (item) => isExpired(call.world, item);
	if (!winner(value, order)) return isPast;
	const test = timeTest(value, order, reach(call, -1), expiryOf);
	return test && ((item: Parameters<typeof isPast>[0]) => test(item) && isPast(item));
};

/** Licenses that were last used inside or outside a period, before or after a time. */
export const activity: Filter = (call, value) => {
	const isOutside = winner(value, activityOrder)?.[0] === 'outside';
	const inside = reach(call, -1);
	const within = (period: string) => {
		const test = inside(period);
		return test && isOutside ? (time: number) => !test(time) : test;
	};
	return timeTest(value, activityOrder, within, lastUse);
};
const activityOrder = ['inside', 'outside', 'before', 'after'];

/** Licenses by their number of machines; what is no number counts as 0. */
export const activations: Filter = ({ world }, value) => {
	const found = winner(value, Object.keys(comparisons));
	if (!found) return undefined;
	const [name, text] = found;
	const number = parseInt(text, 10) || 0;
	return (item) => comparisons[name](machinesOf(world, item).length, number);
};
