/** A rule that a text breaks: what is wrong with it, and what to do. */
export type Fault = [what: string, description: string];

const MAX_LENGTH = 320;

/**
 * What no field may hold. A license cannot be renamed by this API, so a text that was read in the
 * wrong encoding is refused rather than sent.
 *
 * @returns the first fault, or undefined
 */
export function faultyText(text: string): Fault | undefined {
	if (text.length > MAX_LENGTH)
		return [`is longer than ${MAX_LENGTH} characters`, 'Shorten it at its source.'];
	if (/\p{Surrogate}/u.test(text))
		return [
			'holds half of a character',
			'The text was cut or wrongly decoded. Correct it at its source.',
		];
	if (text.includes('\uFFFD'))
		return [
			'holds the replacement character \uFFFD',
			'The list was read in the wrong encoding, so letters are lost. Read it in its own: a CSV file from Excel is often Windows-1252. In Extract From File, set the option Encoding.',
		];
	if (/[\p{Cc}\u2028\u2029]/u.test(text))
		return ['holds a line break or another control character', 'Remove it at its source.'];
	return undefined;
}

/** Invisible characters, which make two spellings of one address: zero-width and direction marks, soft hyphens. */
const INVISIBLE = /\p{Cf}|\p{Variation_Selector}|\u034F|[\u115F\u1160\u3164\uFFA0]|\u17B4|\u17B5/u;

/** What an address may not hold, over and above `faultyText`. */
export function faultyAddress(text: string): Fault | undefined {
	const [invisible] = INVISIBLE.exec(text) ?? [];
	if (invisible !== undefined) {
		const code = invisible.codePointAt(0) ?? 0;
		return [
			`holds an invisible character (U+${code.toString(16).toUpperCase().padStart(4, '0')})`,
			'It comes with text that was copied from a document or a web page. Type the address anew at its source.',
		];
	}
	return isEmail(text)
		? undefined
		: [
				`is not an email address: '${text}'`,
				'Correct it at its source, for example to jane@students.university.edu.',
			];
}

/** Whether a text has the form of an address that a person can receive mail at. */
function isEmail(text: string): boolean {
	const at = text.lastIndexOf('@');
	const local = text.slice(0, at);
	const domain = text.slice(at + 1);
	return (
		at > 0 &&
		local.length <= 64 &&
		!/[\s@,;<>()[\]\\":]/.test(local) &&
		!local.startsWith('.') &&
		!local.endsWith('.') &&
		!local.includes('..') &&
		domain.length <= 253 &&
		/^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?\.)+[\p{L}\p{N}][\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}]\.?$/u.test(
			domain,
		)
	);
}
