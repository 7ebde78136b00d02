import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Looks for texts in everything that an instance has stored: the bytes of its database and of all
 * files beside it, which also hold what is deleted or not yet moved in.
 *
 * SQLite cuts a long value wherever a page ends, so each half of a text is looked for: only one of
 * them can be cut.
 *
 * @param userFolder of an instance with SQLite; it may run
 * @param texts long enough that half of one does not occur by chance
 * @returns those of the texts that are there
 */
export function storedTexts(userFolder: string, texts: readonly string[]): string[] {
	const folder = path.join(userFolder, '.n8n');
	const files = readdirSync(folder, { withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ name }) => readFileSync(path.join(folder, name)));
	return texts.filter((text) =>
		halves(text).some((half) => files.some((bytes) => bytes.includes(half))),
	);
}

const halves = (text: string): string[] => {
	const middle = Math.floor(text.length / 2);
	return [text.slice(0, middle), text.slice(middle)];
};
