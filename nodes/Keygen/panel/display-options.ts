/** An operation of a resource. */
export interface Spot {
	resource: string;
	operation: string;
}

/** n8n's `displayOptions` over resource and operation. */
export interface Shown {
	show?: { resource?: string[]; operation?: string[] };
	hide?: { operation: string[] };
}

/**
 * Finds the fewest `displayOptions` that show something at the wanted spots and nowhere else.
 *
 * n8n shows a property where every key of `show` matches. One key for operations is enough where no
 * other resource uses their names; otherwise resources are put together as long as their
 * combination with the operations reaches no spot that is not wanted.
 *
 * @param all every spot there is; each object stands for itself
 * @returns a function from wanted spots to one entry for each copy of the property that is needed
 */
export function displayOptionsAmong(all: readonly Spot[]): (wanted: readonly Spot[]) => Shown[] {
	const byOperation = grouped(all, ({ operation }) => operation);
	const byResource = grouped(all, ({ resource }) => resource);

	return (wanted) => {
		if (wanted.length === all.length) return [{}];
		const isWanted = new Set(wanted);
		const shown = grouped(wanted, ({ operation }) => operation);
		if (
			[...shown].every(([operation, spots]) => byOperation.get(operation)?.length === spots.length)
		) {
			const hidden = byOperation.size - shown.size;
			if (hidden > shown.size) return [{ show: { operation: [...shown.keys()] } }];
			return [
				{
					hide: { operation: [...byOperation.keys()].filter((operation) => !shown.has(operation)) },
				},
			];
		}
		const blocks: Array<{ resources: string[]; operations: Set<string> }> = [];
		for (const [resource, spots] of grouped(wanted, ({ resource }) => resource)) {
			const operations = spots.map(({ operation }) => operation);
			const home = blocks.find((block) => {
				const together = new Set([...block.operations, ...operations]);
				return [...block.resources, resource].every((name) =>
					(byResource.get(name) ?? []).every(
						(spot) => isWanted.has(spot) || !together.has(spot.operation),
					),
				);
			});
			if (home) {
				home.resources.push(resource);
				for (const operation of operations) home.operations.add(operation);
			} else {
				blocks.push({ resources: [resource], operations: new Set(operations) });
			}
		}
		return blocks.map(({ resources, operations }) => {
			const everywhere = resources.every((name) =>
				(byResource.get(name) ?? []).every(({ operation }) => operations.has(operation)),
			);
			return {
				show: everywhere
					? { resource: resources }
					: { resource: resources, operation: [...operations] },
			};
		});
	};
}

function grouped(spots: readonly Spot[], by: (spot: Spot) => string): Map<string, Spot[]> {
	const groups = new Map<string, Spot[]>();
	for (const spot of spots) {
		const group = groups.get(by(spot));
		if (group) group.push(spot);
		else groups.set(by(spot), [spot]);
	}
	return groups;
}
