// The table of output formats in docs/keeper-admin-events.md, from the rows in formats/formats.ts.
import { FORMATS, type Format } from '../../nodes/KeeperAdminEvents/formats/formats';

const TABLE = /(?<=<!-- output formats -->\n\n)[^]*?(?=\n\n<!-- end -->)/;

/** The page with its table of formats brought up to date. */
export function withFormats(page: string): string {
	if (!TABLE.test(page)) throw new Error('The page has no <!-- output formats --> section.');
	return page.replace(TABLE, () => table());
}

function table(): string {
	const formats: Format[] = Object.values(FORMATS);
	const lines = [
		['Event Format', 'what it is', 'ID'],
		...formats.map(({ name, contents, idAt }) => [
			name,
			contents,
			idAt ? `\`${idAt.join('.')}\`` : 'no ID added',
		]),
	];
	const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
	const row = (cells: string[]): string =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const [heading, ...rest] = lines.map(row);
	return [heading, row(widths.map((width) => '-'.repeat(width))), ...rest].join('\n');
}
