import { displayOptionsAmong, type Shown, type Spot } from './display-options';
import type { FoldName } from '../table/folds';
import { RELATED, selectionOf, type Place } from '../table/place';

/** `displayOptions` over resource, operation and, in a fold, the chosen object. */
export type ShownInFold = {
	show?: Shown['show'] & { related?: string[] };
	hide?: { operation?: string[]; related?: string[] };
};

interface PlacedSpots {
	/** Where n8n's 'Operation' leads; the rows of a fold share one. */
	spot: Spot;
	/** Where the choice below it leads. */
	inFold?: Spot;
}

/**
 * The same as `displayOptionsAmong`, for rows, some of which are choices of a fold. A property of
 * all choices depends on the operation alone; one of some choices depends on the choice too.
 *
 * @param all every row of the node
 */
export function displayOptionsOf(
	all: readonly Place[],
): (wanted: readonly Place[]) => ShownInFold[] {
	const spots = spotsOf(all);
	const spotOf = (place: Place): Spot => spots.get(place)?.spot ?? NOWHERE;
	const choiceOf = (place: Place): Spot => spots.get(place)?.inFold ?? NOWHERE;
	const places = grouped(all, spotOf);
	const amongOperations = displayOptionsAmong([...places.keys()]);
	const amongChoices = new Map(
		[...grouped(all, ({ row }) => row.fold)].map(([fold, rows]) => [
			fold,
			displayOptionsAmong(rows.map(choiceOf)),
		]),
	);

	return (wanted) => {
		const whole: Spot[] = [];
		const parts = new Map<FoldName, Spot[]>();
		for (const [spot, some] of grouped(wanted, spotOf)) {
			const { fold } = some[0].row;
			if (fold === undefined || some.length === places.get(spot)?.length) whole.push(spot);
			else parts.set(fold, [...(parts.get(fold) ?? []), ...some.map(choiceOf)]);
		}
		return [
			...(whole.length > 0 ? amongOperations(whole) : []),
			...[...parts].flatMap(([fold, some]) =>
				(amongChoices.get(fold)?.(some) ?? []).map((shown) => inFold(fold, shown)),
			),
		];
	};
}

/** Stands for a row of another node. */
const NOWHERE: Spot = { resource: '', operation: '' };

function inFold(fold: FoldName, { show = {}, hide }: Shown): ShownInFold {
	const { resource, operation: related } = show;
	return {
		show: {
			...(resource && { resource }),
			operation: [fold],
			...(related && { [RELATED]: related }),
		},
		...(hide && { hide: { [RELATED]: hide.operation } }),
	};
}

function spotsOf(all: readonly Place[]): Map<Place, PlacedSpots> {
	const shared = new Map<string, Spot>();
	return new Map(
		all.map((place) => {
			const { resourceName: resource } = place;
			const { operation, related } = selectionOf(place);
			const key = `${resource} ${operation}`;
			const spot = shared.get(key) ?? { resource, operation };
			shared.set(key, spot);
			return [place, { spot, ...(related && { inFold: { resource, operation: related } }) }];
		}),
	);
}

function grouped<T, Key>(list: readonly T[], by: (one: T) => Key): Map<Key, T[]> {
	const groups = new Map<Key, T[]>();
	for (const one of list) {
		const group = groups.get(by(one));
		if (group) group.push(one);
		else groups.set(by(one), [one]);
	}
	return groups;
}
