import { arrowOf, type Arrow, type Import } from './graph.mts';

/**
 * Imports that go up or sideways between the floors drawn in a folder's README.
 *
 * A drawing has a line for each floor, the highest first. Names in it are files or, with a
 * '/' at the end, subfolders; '*' stands for any text. Other words are explanation.
 */
export function floorFindings(
	imports: readonly Import[],
	files: readonly string[],
	drawings: ReadonlyMap<string, string>,
): string[] {
	return [...drawings].flatMap(([folder, drawing]) => {
		const floors = drawing
			.split('\n')
			.map(namesIn)
			.filter((names) => names.length > 0);
		const floorOf = (entry: string) =>
			floors.findIndex((names) => names.some((name) => isNamed(entry, name)));
		const homeless = entriesOf(folder, files)
			.filter((entry) => floorOf(entry) < 0)
			.map((entry) => `${folder}/${entry} is on no floor. Add it to ${folder}/README.md.`);
		const climbing = imports
			.map(arrowOf)
			.filter((arrow) => arrow.folder === folder)
			// An entry without a floor is told above.
			.filter(({ from, to }) => floorOf(to) >= 0 && floorOf(to) <= floorOf(from))
			.map(climbingText);
		return [...homeless, ...climbing];
	});
}

const namesIn = (line: string): string[] =>
	line.split(/\s+/).filter((word) => /^[\w.*-]+(\/|\.(ts|mts|mjs))$/.test(word));

function isNamed(entry: string, name: string): boolean {
	const [start, end] = name.split('*');
	if (end === undefined) return entry === name;
	return entry.startsWith(start) && entry.endsWith(end);
}

function entriesOf(folder: string, files: readonly string[]): string[] {
	const inside = files.filter((file) => file.startsWith(`${folder}/`));
	const entries = inside.map((file) => {
		const [first, ...rest] = file.slice(folder.length + 1).split('/');
		return rest.length > 0 ? `${first}/` : first;
	});
	return [...new Set(entries)];
}

const climbingText = ({ folder, from, to, import: { from: file, to: target } }: Arrow): string =>
	`${file} imports ${target}, but ${to} is not below ${from}. ` +
	`Move what both need to a lower floor, or hand it in as an argument (floors: ${folder}/README.md).`;
