import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';

import { installedN8n } from '../sandbox/n8n/installed.mts';
import { table, type Figure } from './figures.mts';

const FILE = path.resolve(import.meta.dirname, '..', 'docs', 'benchmarks.md');
const BEGIN = '<!-- figures: written by npm run bench -->';
const END = '<!-- end of figures -->';

/** Writes the figures, and what they were measured on, into docs/benchmarks.md. */
export function writeReport(figures: Figure[]): void {
	const text = readFileSync(FILE, 'utf8');
	const [before, rest] = text.split(BEGIN);
	const after = rest?.split(END)[1];
	if (after === undefined) throw new Error(`${FILE} has no place for the figures.`);
	const block = `${BEGIN}\n\n${machine()}\n\n${table(figures)}\n\n${END}`;
	writeFileSync(FILE, before + block + after);
}

function machine(): string {
	const [cpu] = cpus();
	const { version } = installedN8n('v2');
	const facts = [
		`${cpus().length} cores${cpu?.model ? ` (${cpu.model.trim()})` : ''}`,
		`${Math.round(totalmem() / 1e9)} GB of memory`,
		`${process.platform} ${process.arch}`,
		`Node ${process.versions.node}`,
		`n8n ${version} with SQLite`,
	];
	return `Measured on: ${facts.join(', ')}.`;
}
