/** A row of the workflow's ledger, as far as the report shows it. */
export interface LedgerEntry {
	student_id: string;
	first_name: string;
	last_name: string;
	email: string;
	status: string;
	detail: string;
}

/** The ledger as a table for the terminal, and how many there are of each status. */
export function report(entries: LedgerEntry[]): string {
	const rows = [...entries]
		.sort((one, other) => one.student_id.localeCompare(other.student_id))
		.map((entry) => [
			entry.student_id,
			`${entry.first_name ?? ''} ${entry.last_name ?? ''}`.trim(),
			entry.email ?? '',
			entry.status,
			entry.detail ?? '',
		]);
	const heading = ['Student', 'Name', 'Email', 'Status', 'Why'];
	const widths = heading.map((_, column) =>
		column === heading.length - 1
			? 0
			: Math.max(...[heading, ...rows].map((row) => columns(row[column]))),
	);
	const line = (cells: string[]) =>
		cells
			.map((cell, column) => cell + ' '.repeat(Math.max(0, widths[column] - columns(cell))))
			.join('  ')
			.trimEnd();
	const counts = Object.entries(Object.groupBy(entries, ({ status }) => status))
		.map(([status, group]) => `${status}: ${group?.length}`)
		.join(', ');
	const rule = line(widths.map((width) => '-'.repeat(width || 3)));
	return [line(heading), rule, ...rows.map(line), '', counts].join('\n');
}

const segments = new Intl.Segmenter();
const WIDE =
	/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Extended_Pictographic}/u;

/** How many columns of a terminal a text takes: East Asian letters and pictures take two. */
function columns(text: string): number {
	return [...segments.segment(text)].reduce(
		(sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1),
		0,
	);
}
