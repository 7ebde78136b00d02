import { floorFindings } from './floors.mts';
import { arrowOf, grouped, shortestCircle, type Arrow, type Import } from './graph.mts';

/** The repository, as far as the check needs it. */
export interface Tree {
	files: readonly string[];
	imports: readonly Import[];
	/** The drawing in a folder's README, by folder. */
	floors: ReadonlyMap<string, string>;
}

interface Rule {
	/** Where the importing file is. */
	from: RegExp;
	/** The only places that it may import from; `$1` is what `from` captured. */
	to: readonly string[];
	advice: string;
}

// The first rule whose `from` matches a file applies to it.
const RULES: readonly Rule[] = [
	{
		from: /^nodes\/shared\//,
		to: ['nodes/shared/'],
		advice: 'nodes/shared/ knows no service: hand in what it needs as an argument.',
	},
	{
		from: /^(nodes\/\w+\/)/,
		to: ['$1', 'nodes/shared/'],
		advice:
			'A node imports only from its own folder and nodes/shared/: move what two services share there.',
	},
	{
		from: /^credentials\//,
		to: ['credentials/', 'nodes/'],
		advice: 'A credential ships in the package: it imports only what ships, too.',
	},
	{
		from: /^sandbox\/demo\//,
		to: ['sandbox/'],
		advice: 'The demo uses the sandbox and the packed package, never sources of the nodes.',
	},
	{
		from: /^sandbox\//,
		to: ['sandbox/(?!demo/)'],
		advice:
			"A stand-in is written from the service's documents, so that it and the nodes check each other. " +
			'Move what it needs into sandbox/.',
	},
	{
		from: /^test\//,
		to: ['test/', 'sandbox/', 'nodes/', 'credentials/', 'scripts/'],
		advice: 'Tests do not depend on benches: move what both need to sandbox/.',
	},
	{
		from: /^(bench|scripts)\//,
		to: ['$1/', 'sandbox/', 'nodes/', 'credentials/'],
		advice: 'What a test and this need both belongs in sandbox/.',
	},
];

/** Beyond this, a folder can no longer be taken in at a glance. */
const MOST_FILES = 14;
const COUNTED = /^(nodes|sandbox)\//;

/** What is wrong with the tree, and what to do about it. */
export function findings({ files, imports, floors }: Tree): string[] {
	return [
		...imports.flatMap(forbidden),
		...circles(imports),
		...floorFindings(imports, files, floors),
		...crowded(files),
	];
}

function forbidden({ from, to }: Import): string[] {
	const rule = RULES.find((rule) => rule.from.test(from));
	if (!rule) return [];
	const [, own = ''] = rule.from.exec(from) ?? [];
	const allowed = rule.to.map((place) => new RegExp(`^${place.replace('$1', own)}`));
	if (allowed.some((place) => place.test(to))) return [];
	return [`${from} imports ${to}. ${rule.advice}`];
}

function circles(imports: readonly Import[]): string[] {
	const byFolder = grouped(imports.map(arrowOf), ({ folder }) => folder);
	return [...byFolder].flatMap(([folder, arrows]) => {
		const circle = shortestCircle(arrows);
		return circle ? [circleText(folder, circle)] : [];
	});
}

const circleText = (folder: string, circle: readonly Arrow[]): string =>
	[
		`${folder || 'The repository'} has a circle: ${[...circle, circle[0]].map(({ from }) => from).join(' -> ')}. ` +
			'Move what closes it to where both can import it from; types count.',
		...circle.map(({ import: { from, to } }) => `    ${from} imports ${to}`),
	].join('\n');

function crowded(files: readonly string[]): string[] {
	const counted = files.filter((file) => COUNTED.test(file));
	const byFolder = grouped(counted, (file) => file.slice(0, file.lastIndexOf('/')));
	return [...byFolder]
		.filter(([, own]) => own.length > MOST_FILES)
		.map(
			([folder, own]) =>
				`${folder} holds ${own.length} files, more than ${MOST_FILES}. ` +
				'Give those that belong together a subfolder.',
		);
}
