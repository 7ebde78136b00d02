/** Two files, by their paths relative to the repository. */
export interface Import {
	from: string;
	to: string;
}

/** An import, drawn between two entries of one folder. */
export interface Arrow {
	/** The folder; '' is the repository itself. */
	folder: string;
	/** Names of files, and of subfolders with a '/' at the end. */
	from: string;
	to: string;
	import: Import;
}

/**
 * The arrow that an import draws in the innermost folder that holds both files. A subfolder is one
 * entry there, whatever it contains, so circles of folders show up as well as circles of files.
 */
export function arrowOf(imported: Import): Arrow {
	const from = imported.from.split('/');
	const to = imported.to.split('/');
	let depth = 0;
	while (depth < from.length - 1 && depth < to.length - 1 && from[depth] === to[depth]) depth += 1;
	return {
		folder: from.slice(0, depth).join('/'),
		from: entry(from, depth),
		to: entry(to, depth),
		import: imported,
	};
}

const entry = (parts: string[], depth: number): string =>
	depth < parts.length - 1 ? `${parts[depth]}/` : parts[depth];

/** The shortest circle among one folder's arrows; each arrow ends where the next one starts. */
export function shortestCircle(arrows: readonly Arrow[]): Arrow[] | undefined {
	const leaving = grouped(arrows, ({ from }) => from);
	let shortest: Arrow[] | undefined;
	for (const start of leaving.keys()) {
		const circle = wayBack(start, leaving);
		if (circle && (!shortest || circle.length < shortest.length)) shortest = circle;
	}
	return shortest;
}

/** The shortest way from an entry to itself. */
function wayBack(start: string, leaving: Map<string, readonly Arrow[]>): Arrow[] | undefined {
	const arrivedBy = new Map<string, Arrow>();
	const queue = [start];
	for (const at of queue) {
		for (const arrow of leaving.get(at) ?? []) {
			if (arrivedBy.has(arrow.to)) continue;
			arrivedBy.set(arrow.to, arrow);
			if (arrow.to === start) return traced(start, arrivedBy);
			queue.push(arrow.to);
		}
	}
	return undefined;
}

function traced(start: string, arrivedBy: ReadonlyMap<string, Arrow>): Arrow[] {
	const circle: Arrow[] = [];
	for (let at = start; circle.length === 0 || at !== start; at = circle[0].from) {
		const arrow = arrivedBy.get(at);
		if (!arrow) break;
		circle.unshift(arrow);
	}
	return circle;
}

/** Map.groupBy, which Node 20 lacks. */
export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}
