import { refuse } from '../refusals/problems.mts';
import { nested, plain } from '../wire/query.mts';
import { canonical } from '../wire/letter-case.mts';
import { typeOfLink } from '../state/relations.mts';
import type { Filter } from './filter.mts';

const DAY = 86_400_000;
const LONGEST = 31;

/** Days of logs. One end alone counts for nothing; the days must be from 1 to 31 apart. */
export const dates: Filter = (_, value) => {
	const { start, end } = nested(value);
	if (start === undefined || end === undefined) return () => true;
	const [first, last] = [start, end].map((day) => Date.parse(String(day).slice(0, 10)));
	if (Number.isNaN(first) || Number.isNaN(last))
		refuse(400, 'date range is invalid', { parameter: 'date' });
	const apart = (last - first) / DAY;
	if (apart < 1 || apart > LONGEST)
		refuse(400, `date range must be between 1 and ${LONGEST} days (got ${apart})`, {
			parameter: 'date',
		});
	return ({ created }) => created >= first && created < last + DAY;
};

/** By a part of the ID, or by ID and type together; a type alone finds nothing. */
export const polymorphic =
	(name: string): Filter =>
	(_, value) => {
		const { id, type } = nested(value);
		const alone = plain(value);
		if (alone !== undefined) return (item) => (item.links[name] ?? '').includes(alone);
		if (id === undefined || type === undefined) return () => false;
		const wanted = canonical(String(type)).replace(/s$/, '');
		return (item) =>
			item.links[name] === id && canonical(typeOfLink(item, name)).replace(/s$/, '') === wanted;
	};
