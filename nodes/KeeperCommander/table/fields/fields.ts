import type { Field } from './field';
import { ORGANIZATION_FIELDS } from './organization-fields';
import { REPORT_FIELDS } from './report-fields';
import { TOKEN_FIELDS } from './token-fields';

const COMMAND_FIELDS = {
	command: {
		type: 'text',
		label: 'Command',
		description:
			'The command line as you would type it into Commander; quote values that contain spaces, and add -f if the command asks for confirmation',
		placeholder: 'e.g. whoami --format=json',
	},
	fileData: {
		type: 'json',
		label: 'File Data',
		description:
			'JSON that Commander writes to a temporary file; the word FILEDATA in the command stands for its path',
		placeholder: 'e.g. { "users": [] }',
	},
} as const satisfies Record<string, Field>;

/** Every field of every operation, by the name that lines use. */
export const FIELDS = {
	...ORGANIZATION_FIELDS,
	...TOKEN_FIELDS,
	...REPORT_FIELDS,
	...COMMAND_FIELDS,
};

export type FieldName = keyof typeof FIELDS;

/** The same, by any name. */
export const fieldNamed: Readonly<Record<string, Field | undefined>> = FIELDS;
