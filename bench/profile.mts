interface ProfileNode {
	id: number;
	callFrame: { functionName: string; url: string; lineNumber: number };
	children?: number[];
}

/** A CPU profile as V8 gives it. */
export interface CpuProfile {
	nodes: ProfileNode[];
	samples: number[];
	/** Microseconds since the sample before. */
	timeDeltas: number[];
}

const NOT_BUSY = new Set(['(idle)', '(program)', '(root)']);

/** Where the time of a profile went: by package (whose code, or on whose behalf), and by function. */
export function costsOf({ nodes, samples, timeDeltas }: CpuProfile): string {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map(
		nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])),
	);
	const packages = new Map<string, number>();
	const functions = new Map<string, number>();
	let busy = 0;
	for (const [index, id] of samples.entries()) {
		const { callFrame } = byId.get(id) as ProfileNode;
		if (NOT_BUSY.has(callFrame.functionName)) continue;
		const time = timeDeltas[index] / 1000;
		busy += time;
		add(packages, packageOf(id, byId, parents), time);
		add(functions, `${callFrame.functionName || '(anonymous)'} ${place(callFrame.url)}`, time);
	}
	const lines = (costs: Map<string, number>, count: number) =>
		[...costs]
			.sort(([, a], [, b]) => b - a)
			.slice(0, count)
			.map(([name, time]) => `  ${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`);
	return [
		`${busy.toFixed(0)} ms of work. By package:`,
		...lines(packages, 8),
		'By function:',
		...lines(functions, 12),
	].join('\n');
}

function add(costs: Map<string, number>, name: string, time: number): void {
	costs.set(name, (costs.get(name) ?? 0) + time);
}

/** The package of the innermost function that belongs to one. */
function packageOf(
	id: number,
	byId: Map<number, ProfileNode>,
	parents: Map<number, number>,
): string {
	for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
		const { functionName, url } = (byId.get(at) as ProfileNode).callFrame;
		if (functionName === '(garbage collector)') return 'garbage collection';
		const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
		if (name !== undefined) return name;
	}
	return 'Node itself';
}

function place(url: string): string {
	return url.replace(/^.*node_modules\//, '').replace(/^file:\/\/.*\//, '');
}
