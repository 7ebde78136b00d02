import type { Call } from '../call/call.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { underscore } from '../wire/letter-case.mts';
import { nested, plain } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';
import { isUuid } from '../wire/values.mts';
import { cast } from './filter-values.mts';

/** Makes the test of one filter value; undefined means a malformed value, which nothing matches. */
export type Filter = (call: Call, value: QueryValue) => ((item: Item) => boolean) | undefined;

export const equals =
	(name: string): Filter =>
	(_, value) =>
	(item) =>
		item.facts[name] === value;

/** By the UUID of a related resource, or by its key attribute where one is given. */
export const relation =
	(name: string, alias?: string): Filter =>
	({ world }, value) => {
		const wanted = plain(value);
		if (wanted === undefined || (!alias && !isUuid(wanted))) return undefined;
		return (item) => {
			const target = related(world, item, name);
			return (
				target !== undefined &&
				(target.id === wanted || (alias !== undefined && target.facts[alias] === wanted))
			);
		};
	};

export const flag =
	(test: (call: Call, item: Item) => boolean): Filter =>
	(call, value) => {
		// Whatever is not a word for no is yes.
		const wanted = !['', 'false', 'f', '0', 'off'].includes(String(value).toLowerCase());
		return (item) => test(call, item) === wanted;
	};

export const metadata: Filter = (_, value) => {
	const wanted = Object.entries(nested(value)).filter(([, text]) => text !== '');
	return (item) =>
		wanted.every(([key, text]) => {
			const stored = item.facts.metadata?.[underscore(key)];
			return stored !== undefined && (stored === text || stored === cast(text));
		});
};

export const users =
	(of: (call: Call, item: Item) => Item[]): Filter =>
	(call, value) => {
		const wanted = plain(value);
		return (item) =>
			of(call, item).some(
				(user) => user.id === wanted || user.facts.email === wanted?.toLowerCase(),
			);
	};

export const owner = (call: Call, item: Item): Item[] => {
	const found = related(call.world, item, 'owner');
	return found ? [found] : [];
};
