// Where a Chromium is on this machine. npm does not install one; Debian's package is `chromium`.
import { existsSync } from 'node:fs';

const USUAL_PLACES = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The program of Chromium or Chrome.
 *
 * @returns {string | undefined} the one that `CHROMIUM` names, or else one in a usual place; nothing
 *   where there is none
 */
export const chromium = () =>
	process.env.CHROMIUM || USUAL_PLACES.find((program) => existsSync(program));
