import { fieldsOf, type LineTemplate, type Placeholders } from '../command-line/template';
import { fieldNamed, type FieldName } from './fields/fields';
import type { ListName, Shown } from './lists';

/** What the user reads of an operation. */
interface Described {
	name: string;
	/** In n8n's list of actions; sentence case, with the resource. */
	action: string;
	/** One sentence. */
	description: string;
	/** A warning above the fields. */
	notice?: string;
}

/** Shows rows of a report or a list; changes nothing. */
export interface ReadRow extends Described {
	reads: LineTemplate;
}

/** Changes one thing, and reads it back. */
export interface ChangeRow extends Described {
	changes: LineTemplate;
	shows: ReadBack;
}

/** More than one command, or one of the user's own. */
export interface SpecialRow extends Described {
	does: 'generateToken' | 'startRotation' | 'finishRotation' | 'runCommand';
	/** Its commands, for what an API key must be allowed to run. */
	lines: readonly LineTemplate[];
	uses: readonly FieldName[];
	optional?: readonly FieldName[];
}

/** One operation. All that the user sees and all that is sent follow from it. */
export type Row = ReadRow | ChangeRow | SpecialRow;

/** How Keeper shows whether a change is in effect. */
export interface ReadBack {
	in: ListName;
	/** The field that names the record. */
	by: FieldName;
	/** Whether the record has to be there before. */
	mustExist?: true;
	/** Which records the field means, where ID and name do not tell. */
	means?: (record: Shown, values: Readonly<Record<string, string | undefined>>) => boolean;
	/** Whether everything is as the operation wants it. */
	so: (record: Shown | undefined, values: Readonly<Record<string, string | undefined>>) => boolean;
	/** Says that the record is gone in n8n's way. */
	deletes?: true;
}

export interface Resource {
	name: string;
	operations: Readonly<Record<string, Row>>;
}

/** Writes down a line; its placeholders must be fields. */
export function line<const T extends string>(
	template: Placeholders<T> extends FieldName ? T : never,
): LineTemplate {
	return template;
}

/** The lines that a row may send by itself. */
export function linesOf(row: Row): readonly LineTemplate[] {
	if ('reads' in row) return [row.reads];
	if ('changes' in row) return [row.changes];
	return row.lines;
}

/** The fields of a row: those that it cannot do without, and the others. */
export function rowFields(row: Row): { required: string[]; optional: string[] } {
	if ('does' in row) return { required: [...row.uses], optional: [...(row.optional ?? [])] };
	const { required, optional } = fieldsOf('reads' in row ? row.reads : row.changes);
	return {
		required: required.filter((name) => fieldNamed[name]?.type !== 'made'),
		optional: optional.flatMap((name) => {
			const field = fieldNamed[name];
			return field?.type === 'made' ? [...field.of] : [name];
		}),
	};
}

/** Whether Commander itself is told how many rows to read. */
export function limitsItself(row: Row): boolean {
	return 'reads' in row && fieldsOf(row.reads).required.includes('limit');
}
