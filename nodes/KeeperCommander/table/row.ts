import { fieldsOf, type LineTemplate, type Placeholders } from '../command-line/template';
import { fieldNamed, type FieldName } from './fields/fields';
import type { ListName, Shown } from './lists';

/** How an operation is presented. */
interface Described {
	name: string;
	/** In n8n's list of actions; sentence case, with the resource. */
	action: string;
	/** One sentence. */
	description: string;
	/** A warning above the fields. */
	notice?: string;
}

/** Outputs the rows of a list or a report. */
export interface ReadRow extends Described {
	reads: LineTemplate;
}

/** Changes one thing, and reads it back. */
export interface ChangeRow extends Described {
	changes: LineTemplate;
	shows: ReadBack;
}

/** Several commands, or the user's own. */
export interface SpecialRow extends Described {
	does: 'generateToken' | 'startRotation' | 'finishRotation' | 'runCommand';
	/** The commands that an API key must allow. */
	lines: readonly LineTemplate[];
	uses: readonly FieldName[];
	optional?: readonly FieldName[];
}

/** One operation. All that the user sees and all that is sent follow from it. */
export type Row = ReadRow | ChangeRow | SpecialRow;

/** How to read back whether a change took effect. */
export interface ReadBack {
	in: ListName;
	/** The field that names the record. */
	by: FieldName;
	/** Whether the record must exist beforehand. */
	mustExist?: true;
	/** Finds the record if ID and name are not enough. */
	means?: (record: Shown, values: Readonly<Record<string, string | undefined>>) => boolean;
	/** Whether the record is as the operation should leave it. */
	so: (record: Shown | undefined, values: Readonly<Record<string, string | undefined>>) => boolean;
	/** Outputs `deleted: true`, as n8n's guidelines ask. */
	deletes?: true;
}

export interface Resource {
	name: string;
	operations: Readonly<Record<string, Row>>;
}

/** Declares a line. Its placeholders must be fields. */
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

/** The required and the optional fields of a row. */
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

/** Whether the limit is part of the command. */
export function limitsItself(row: Row): boolean {
	return 'reads' in row && fieldsOf(row.reads).required.includes('limit');
}
