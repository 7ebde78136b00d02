import { redact } from '../../shared/redaction';

/** A secret that is a mere word stands in innocent text as well, and its gap there would tell it. */
const WORD = /^[a-z]{1,15}$/i;

/**
 * Takes secrets out of a message. One that is a mere word, such as the password `wrong`, is taken out
 * only where it is quoted as a value.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
	const words = secrets.filter((secret) => WORD.test(secret));
	const shown = redact(
		text,
		secrets.filter((secret) => !WORD.test(secret)),
	);
	return words.reduce((left, word) => left.replace(quoted(word), '$1[redacted]'), shown);
}

const quoted = (word: string) => new RegExp(`(["'\`=/:]|\\bgot )${word}(?![\\w-])`, 'g');
