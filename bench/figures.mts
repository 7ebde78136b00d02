/** One measured promise. */
export interface Figure {
	what: string;
	/** What it is held against. */
	against: string;
	measured: number;
	/** Of what is measured, such as `times as fast`. */
	unit: string;
	bound: { least: number } | { most: number };
	/** The values behind it: medians, counts, conditions. */
	detail: string;
}

export function isMet({ measured, bound }: Figure): boolean {
	return 'least' in bound ? measured >= bound.least : measured <= bound.most;
}

/** Numbers small enough to differ by less than one keep two decimals. */
export function shown(value: number): string {
	if (Math.abs(value) >= 100) return String(Math.round(value));
	return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

export function boundOf({ bound }: Figure): string {
	return 'least' in bound ? `at least ${shown(bound.least)}` : `at most ${shown(bound.most)}`;
}

/** The figures as a table in Markdown. */
export function table(figures: Figure[]): string {
	const rows = figures.map((figure) => [
		figure.what,
		figure.against,
		`${boundOf(figure)} ${figure.unit}`,
		`**${shown(figure.measured)}**${isMet(figure) ? '' : ' (missed)'}`,
		figure.detail,
	]);
	const header = ['what', 'against', 'must reach', 'measured', 'behind it'];
	return [header, header.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
