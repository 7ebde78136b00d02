import { fail, ok, type Result } from '../../shared/failure';
import { isUuid, recordKind, type RecordName } from './records';

/** Another record, as the user named it. */
export interface Reference {
	record: RecordName;
	/** ID or alias. */
	value: string;
	isId: boolean;
	/** Its ID, once it was looked up. */
	resolved?: string;
}

/**
 * Reads what a resource locator holds. A bare text, as expressions and AI agents give it, is taken
 * as an ID where it has the form of one, else as an alias.
 *
 * @returns the reference or a sentence on what is wrong; undefined where nothing was entered
 */
export function reference(
	label: string,
	record: RecordName,
	given: unknown,
): Result<Reference, string> | undefined {
	const value = locatorValue(given);
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		return fail(
			`'${label}' must be a text, but is ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`,
		);
	}
	const text = String(value).trim();
	if (text === '') return undefined;
	if (isUuid(text)) return ok({ record, value: text.toLowerCase(), isId: true });
	const { aliases = [], label: kind, confidential } = recordKind(record);
	if (aliases.length === 0) {
		const shown = confidential ? 'is not an ID' : `is '${text}', which is not an ID`;
		return fail(
			`'${label}' ${shown}. ${article(kind)} can only be given by its ID, such as 0f9d6e1c-5b7a-4a0e-9c55-2f6b8a0d7e31; or choose it from the list`,
		);
	}
	// These would name another path.
	if (text === '.' || text === '..')
		return fail(`'${label}' is '${text}', which names no ${kind.toLowerCase()}`);
	return ok({ record, value: text, isId: false });
}

/** Whether holding the reference's value lets one act as the record's owner. */
export function isSecret({ record, isId }: Reference): boolean {
	return !isId && (recordKind(record).aliases ?? []).some(({ secret }) => secret);
}

/** How a record is asked for, in a sentence. */
export function howToName(record: string): string {
	const { aliases = [] } = recordKind(record);
	const ways = aliases.map(({ label }) => label.replace(/^By /, '').toLowerCase());
	return `Choose it from the list, or give its ${['ID', ...ways].join(' or ')}.`;
}

function locatorValue(given: unknown): unknown {
	if (
		typeof given === 'object' &&
		given !== null &&
		'value' in given &&
		('__rl' in given || 'mode' in given)
	) {
		return given.value;
	}
	return given;
}

function article(noun: string): string {
	return `${/^[AEIO]/.test(noun) ? 'An' : 'A'} ${noun.toLowerCase()}`;
}
