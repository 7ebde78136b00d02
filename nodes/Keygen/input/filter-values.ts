import { isJsonObject } from '../../shared/json';
import { dayOf } from '../../shared/time/moment';
import type { Field } from '../table/field';
import { FILTERS, type FilterName } from '../table/filters';

/** Notes a value for a field; false where there is none. */
type Take = (name: string, field: Field, given: unknown) => boolean;

/**
 * Reads the filters that were added. One that came to nothing would list records that nobody asked
 * for, and the next node may delete them.
 *
 * @returns all that is wrong with them, apart from what `take` notes itself
 */
export function takeFilters(
	names: readonly FilterName[],
	filters: Readonly<Record<string, unknown>>,
	take: Take,
): string[] {
	const unfit: string[] = [];
	const taken = new Map<string, string[]>();
	for (const name of names) {
		if (!(name in filters)) continue;
		const field = besideType(FILTERS[name], filters);
		const given = filters[name];
		if (isHollow(field, given) || !take(name, field, given)) {
			unfit.push(emptyFilter(field));
			continue;
		}
		const parameter = parameterOf(field);
		taken.set(parameter, [...(taken.get(parameter) ?? []), `'${field.label}'`]);
	}
	for (const [parameter, labels] of taken)
		if (ONE_AT_A_TIME.has(parameter) && labels.length > 1) unfit.push(tooMany(labels));
	unfit.push(
		...contradictions(names, filters),
		...loneTypes(names, filters),
		...daysProblems(names, filters),
	);
	return unfit;
}

/** With the type of a record goes its ID, under a name of its own. */
function besideType(field: Field, filters: Readonly<Record<string, unknown>>): Field {
	const name = parameterOf(field);
	return `${name}Type` in filters && field.at === `query.${name}`
		? { ...field, at: `query.${name}[id]` }
		: field;
}

/** What is to be absent cannot have a value as well. */
function contradictions(
	names: readonly FilterName[],
	filters: Readonly<Record<string, unknown>>,
): string[] {
	const without = names.find((name) => FILTERS[name].blanks && name in filters);
	const absent = without === undefined ? [] : [filters[without]].flat();
	return names
		.filter((name) => name in filters && absent.includes(parameterOf(FILTERS[name])))
		.map((name) => `'${FILTERS[name].label}' cannot be used together with its name in 'Without'`);
}

/** The service finds nothing by a type alone. */
function loneTypes(
	names: readonly FilterName[],
	filters: Readonly<Record<string, unknown>>,
): string[] {
	return names.flatMap((name) => {
		const { label, at } = FILTERS[name];
		const [, owner] = /^query\.(\w+)\[type\]$/.exec(at) ?? [];
		const id = names.find((other) => FILTERS[other].at === `query.${owner}`);
		return name in filters && id !== undefined && !(id in filters)
			? [`'${label}' needs '${FILTERS[id].label}' beside it. Add that filter, or remove this one`]
			: [];
	});
}

/** The service ignores a last day without a first one, and refuses days the wrong way round. */
function daysProblems(
	names: readonly FilterName[],
	{ dateStart, dateEnd }: Readonly<Record<string, unknown>>,
): string[] {
	if (!names.includes('dateEnd') || dateEnd === undefined) return [];
	if (dateStart === undefined)
		return ["'To' needs 'From' beside it, as Keygen ignores a last day alone. Add 'From'"];
	const [first, last] = [dateStart, dateEnd].map((given) => dayOf(given, 'UTC'));
	return first !== undefined && last !== undefined && first > last
		? ["'From' is after 'To'. Swap the two"]
		: [];
}

/** Parameters of which the service takes the first form that it finds, and drops the others. */
const ONE_AT_A_TIME = new Set(['activations', 'activity', 'expired', 'expires']);

const parameterOf = ({ at }: Field) => at.replace(/^query\./, '').replace(/\[.*$/, '');

const emptyFilter = ({ label }: Field) =>
	`The filter '${label}' is empty. Give it a value, or remove it to list without it`;

const tooMany = (labels: string[]) =>
	`${labels.join(' and ')} cannot be used together: Keygen takes only one of them. Keep one here, and put a Filter node behind for the rest`;

/** Whether a text is blank, or names with values lack a name or a value. */
function isHollow(field: Field, given: unknown): boolean {
	if (typeof given === 'string' && given.trim() === '') return true;
	if (field.type !== 'pairs') return false;
	const pairs = isJsonObject(given) && Array.isArray(given.pairs) ? given.pairs : undefined;
	if (pairs)
		return (
			pairs.length === 0 || pairs.some((pair) => isNothing(pair?.name) || isNothing(pair?.value))
		);
	return (
		isJsonObject(given) && (Object.keys(given).length === 0 || Object.values(given).some(isNothing))
	);
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '';
