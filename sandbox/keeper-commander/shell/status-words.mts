/** The guessed status of a text response. */
export interface Guess {
	status: 'success' | 'partial_success' | 'warning' | 'error';
	code: number;
}

const SUCCESS = words('created|added|removed|updated|deleted|successfully|completed|done');
const FORBIDDEN = words(
	'permission denied|not an msp administrator|must be a root admin|is restricted to',
);
const NOT_FOUND = words('not found|does not exist|could not be resolved|not a member of');
const CONFLICT = words('already exists|already a member|already accepted|already in|duplicate');
const BAD_REQUEST = words('invalid|not allowed|reserved|character|empty|cannot be|expects');
const ERROR = words('error|failed|failure');
const WARNING = words('warning:|skipping');

function words(list: string): (text: string) => boolean {
	const parts = list.split('|');
	return (text) => parts.some((part) => text.includes(part));
}

/**
 * The HTTP status of a text response, guessed from words anywhere in it, including names. The order
 * is the service's.
 */
export function guessStatus(message: string): Guess {
	const text = message.toLowerCase();
	if (SUCCESS(text) && (NOT_FOUND(text) || BAD_REQUEST(text) || ERROR(text)))
		return { status: 'partial_success', code: 207 };
	if (FORBIDDEN(text)) return { status: 'error', code: 403 };
	if (NOT_FOUND(text)) return { status: 'error', code: 500 };
	if (CONFLICT(text)) return { status: 'warning', code: 409 };
	if (BAD_REQUEST(text)) return { status: 'error', code: 400 };
	if (ERROR(text)) return { status: 'error', code: 500 };
	if (WARNING(text)) return { status: 'warning', code: 400 };
	return { status: 'success', code: 200 };
}
