import { findings, type Tree } from '../../../scripts/arrows/arrows.mts';

/** A tree of the files that the imports name, and of further ones. */
function tree(arrows: string[], { files = [] as string[], floors = {} } = {}): Tree {
	const imports = arrows.map((arrow) => {
		const [from, to] = arrow.split(' -> ');
		return { from, to };
	});
	const named = imports.flatMap(({ from, to }) => [from, to]);
	return {
		files: [...new Set([...named, ...files])],
		imports,
		floors: new Map(Object.entries<string>(floors)),
	};
}

test('a tree whose arrows run one way has no findings', () => {
	expect(
		findings(
			tree([
				'nodes/Keygen/Keygen.node.ts -> nodes/Keygen/run/execute.ts',
				'nodes/Keygen/run/execute.ts -> nodes/shared/http.ts',
				'credentials/KeygenApi.credentials.ts -> nodes/Keygen/service/address.ts',
				'test/unit/Keygen/a.test.mts -> nodes/Keygen/run/execute.ts',
				'test/unit/scripts/a.test.mts -> scripts/keygen/pages.mts',
				'test/contract/a.test.mts -> sandbox/n8n/engine.mts',
				'bench/rows/poll.mts -> sandbox/n8n/engine.mts',
				'scripts/keygen/pages.mts -> nodes/Keygen/table/table.ts',
				'sandbox/demo/main.mts -> sandbox/n8n/instance.mts',
			]),
		),
	).toEqual([]);
});

test.each([
	['nodes/shared/http.ts -> nodes/Keygen/run/execute.ts', 'nodes/shared/ knows no service'],
	['nodes/Keygen/run/execute.ts -> nodes/KeeperPartner/plans.ts', 'nodes/shared/'],
	['nodes/Keygen/run/execute.ts -> sandbox/keygen/start.mts', 'A node imports only from'],
	['nodes/Keygen/run/execute.ts -> test/present.mts', 'A node imports only from'],
	['credentials/KeygenApi.credentials.ts -> scripts/setup.mjs', 'only what ships'],
	['sandbox/keygen/start.mts -> nodes/Keygen/table/table.ts', "from the service's documents"],
	['sandbox/keygen/start.mts -> test/present.mts', 'Move what it needs into sandbox/'],
	['sandbox/keygen/start.mts -> sandbox/demo/ports.mts', 'Move what it needs into sandbox/'],
	['sandbox/demo/main.mts -> nodes/Keygen/table/table.ts', 'the packed package'],
	['test/n8n/a.test.mts -> bench/n8n.mts', 'Tests do not depend on benches'],
	['bench/rows/poll.mts -> test/present.mts', 'belongs in sandbox/'],
	['scripts/screenshots.mts -> test/present.mts', 'belongs in sandbox/'],
	['scripts/screenshots.mts -> bench/n8n.mts', 'belongs in sandbox/'],
])('%s is forbidden', (arrow, advice) => {
	const [found, ...others] = findings(tree([arrow]));
	const [from, to] = arrow.split(' -> ');
	expect(found).toContain(`${from} imports ${to}. `);
	expect(found).toContain(advice);
	expect(others).toEqual([]);
});

test.each([
	[
		'of files',
		['nodes/Keygen/a.ts -> nodes/Keygen/b.ts', 'nodes/Keygen/b.ts -> nodes/Keygen/a.ts'],
	],
	[
		'of folders, whose files form none',
		[
			'sandbox/keygen/rules/a.mts -> sandbox/keygen/state/b.mts',
			'sandbox/keygen/state/c.mts -> sandbox/keygen/rules/d.mts',
		],
	],
	[
		'of folders deep within others',
		['test/unit/x/y/a.mts -> test/contract/b.mts', 'test/contract/z/c.mts -> test/unit/d.mts'],
	],
	[
		'of a folder and a file beside it',
		[
			'nodes/Keygen/settings.ts -> nodes/Keygen/poll/a.ts',
			'nodes/Keygen/poll/b.ts -> nodes/Keygen/settings.ts',
		],
	],
	[
		'of three',
		[
			'scripts/a/1.mts -> scripts/b/2.mts',
			'scripts/b/2.mts -> scripts/c/3.mts',
			'scripts/c/3.mts -> scripts/a/1.mts',
		],
	],
])('a circle %s is told, with each import in it', (_, arrows) => {
	const [found, ...others] = findings(tree(arrows));
	expect(found).toContain('has a circle');
	for (const arrow of arrows) expect(found).toContain(arrow.replace(' -> ', ' imports '));
	expect(others).toEqual([]);
});

test('a subfolder may use the files around it, and be used by one of them', () => {
	expect(
		findings(
			tree([
				'nodes/Keygen/table/table.ts -> nodes/Keygen/table/admin/user.ts',
				'nodes/Keygen/table/admin/user.ts -> nodes/Keygen/table/row.ts',
			]),
		),
	).toEqual([]);
});

describe('floors', () => {
	const floors = {
		'nodes/Keygen': '*.node.ts   the nodes\npanel/  run/   what the user sees\ntable/\n',
	};

	test('arrows down, across several floors too, are fine', () => {
		expect(
			findings(
				tree(
					[
						'nodes/Keygen/Keygen.node.ts -> nodes/Keygen/table/a.ts',
						'nodes/Keygen/Keygen.node.ts -> nodes/Keygen/run/b.ts',
						'nodes/Keygen/panel/c.ts -> nodes/Keygen/table/a.ts',
						'nodes/Keygen/table/parts/d.ts -> nodes/Keygen/table/a.ts',
					],
					{ floors },
				),
			),
		).toEqual([]);
	});

	test.each([
		['up', 'nodes/Keygen/table/a.ts -> nodes/Keygen/run/b.ts'],
		['sideways', 'nodes/Keygen/panel/a.ts -> nodes/Keygen/run/b.ts'],
		['up to a file', 'nodes/Keygen/panel/a.ts -> nodes/Keygen/Keygen.node.ts'],
	])('an arrow %s is told', (_, arrow) => {
		const [found, ...others] = findings(tree([arrow], { floors }));
		expect(found).toContain(arrow.replace(' -> ', ' imports '));
		expect(found).toContain('nodes/Keygen/README.md');
		expect(others).toEqual([]);
	});

	test('what is on no floor is told', () => {
		const arrow = 'nodes/Keygen/panel/a.ts -> nodes/Keygen/loose.ts';
		const files = ['nodes/Keygen/extras/a.ts'];
		expect(findings(tree([arrow], { files, floors })).sort()).toEqual([
			'nodes/Keygen/extras/ is on no floor. Add it to nodes/Keygen/README.md.',
			'nodes/Keygen/loose.ts is on no floor. Add it to nodes/Keygen/README.md.',
		]);
	});
});

test('a crowded folder is told; files of its subfolders, tests and scripts do not count', () => {
	const many = (folder: string, count: number) =>
		Array.from({ length: count }, (_, number) => `${folder}/${number}.mts`);
	const files = [
		...many('sandbox/keygen/rules', 15),
		...many('sandbox/keygen', 14),
		...many('test/contract/Keygen', 40),
	];
	expect(findings(tree([], { files }))).toEqual([
		'sandbox/keygen/rules holds 15 files, more than 14. Give those that belong together a subfolder.',
	]);
});
