// Long steps, told in plain lines that read the same on a terminal and in a CI log.

const BEAT_MS = 15_000;

/**
 * @param {number} since a `performance.now()` reading
 * @returns {string} whole seconds since then, such as `95 s`
 */
export const elapsed = (since) => `${Math.round((performance.now() - since) / 1000)} s`;

/**
 * Prints a line to stderr. stdout is kept for what a script hands back.
 *
 * @param {string} line
 */
export const tell = (line) => void process.stderr.write(`${line}\n`);

/**
 * Announces a step, says every 15 seconds that it still runs, and how long it took.
 *
 * @template T
 * @param {string} title what is being done, such as `Installing n8n`
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} what `work` returned; its failure is passed on
 */
export async function step(title, work) {
	const start = performance.now();
	tell(`${title} ...`);
	const beat = setInterval(() => tell(`${title} ... ${elapsed(start)}`), BEAT_MS);
	try {
		const result = await work();
		tell(`${title}: done in ${elapsed(start)}`);
		return result;
	} catch (error) {
		tell(`${title}: FAILED after ${elapsed(start)}`);
		throw error;
	} finally {
		clearInterval(beat);
	}
}
