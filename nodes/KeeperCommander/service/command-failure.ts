import type { Failure } from '../../shared/failure';
import { connectionWords, type ServiceWords } from '../../shared/http/connection-words';
import type { HttpAnswer, HttpFailure } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';
import { LONGEST_LINE } from '../command-line/command-line';

/** A command without a result. */
export interface CommandFailure extends Failure {
	/** `no`: it did not run. `maybe`: it may have run. */
	ran: 'no' | 'maybe';
	/** The service's ID for the command, if the service accepted it. */
	requestId?: string;
}

type Words = readonly [message: string, description: string];

const ADDRESS = "Check 'Base URL' of the credential 'Keeper Commander API'.";
const KEY = "Check 'API Key' of the credential 'Keeper Commander API'.";

/** Reasons why the service rejects a command, by words in its response. */
const BY_WORDS: ReadonlyArray<readonly [words: RegExp, ...Words]> = [
	[/expired/i, 'The API key has expired', `Create a new one with service-config-add. ${KEY}`],
	[/valid api key/i, 'Service Mode does not know the API key', KEY],
	[
		/IP is not allowed|Access denied/i,
		'Service Mode does not let n8n in',
		'Add the address of n8n to its list of allowed addresses (-aip), or take it off the list of denied ones.',
	],
	[
		/control characters/i,
		'Service Mode rejected a line break in the command',
		'Correct the value that contains it.',
	],
	[/length exceeded/i, 'The command is too long for Service Mode', 'Use shorter values.'],
];

/** The same by status. */
const BY_STATUS: Readonly<Record<number, Words>> = {
	401: ['Service Mode did not accept the API key', KEY],
	404: [
		'The server responds, but not as Service Mode with its queue',
		`${ADDRESS} Service Mode must be version 17.1.7 or later, with its queue on (-q y).`,
	],
	405: ['The server responds, but not as Service Mode', ADDRESS],
	429: [
		'Too many requests to Service Mode',
		'By default, Service Mode allows 60 requests per minute. The node waited, but the limit still applied. Run the workflow less often, or raise the limit (-rl).',
	],
	503: [
		'The queue of Service Mode is full',
		'The node waited, but the queue stayed full. Try again later.',
	],
};

/** A command that the service rejected. */
export function refusal(answer: HttpAnswer, command: string, needs: string[]): CommandFailure {
	const { status } = answer;
	const said = String(jsonObject(answer.body)?.error ?? '');
	if (status === 403 && /not permitted/i.test(said))
		return {
			ran: 'no',
			status,
			message: `The API key may not run '${command}'`,
			description: `Its list of commands must include: ${[...new Set([...needs, command])].sort().join(', ')}. Create a key with this list (service-config-add), and enter it in the credential.`,
		};
	const byWords = BY_WORDS.find(([words]) => words.test(said));
	const [message, description] = byWords
		? [byWords[1], byWords[2]]
		: (BY_STATUS[status] ?? unexpected(status));
	return { ran: 'no', status, message, description: withSaid(said, description) };
}

function unexpected(status: number): Words {
	if (status >= 300 && status < 400)
		return ['The server redirects requests, and redirects are not followed', ADDRESS];
	if (status >= 500) return ['Service Mode cannot answer at the moment', 'Try again later.'];
	return ['Service Mode refused the command', ADDRESS];
}

/** A line that the service would reject. */
export function tooLong(line: string): CommandFailure {
	return {
		ran: 'no',
		message: `The command is ${line.length} characters long`,
		description: `Service Mode accepts up to ${LONGEST_LINE}. Use shorter values. Nothing was sent.`,
	};
}

/** Puts the service's own words before the advice. */
export function withSaid(said: string, advice: string): string {
	if (said === '') return advice;
	return `Service Mode says: ${said.slice(0, 300).replace(/[.\s]+$/, '')}. ${advice}`;
}

const NAMES: ServiceWords = {
	service: 'Service Mode',
	credential: "'Keeper Commander API'",
	address: "'Base URL'",
	advice: {
		certificate: `${ADDRESS} For a certificate of your own, turn on 'Ignore TLS Issues'. If its certificate files are not in Commander's data folder, the service speaks plain HTTP.`,
		timeout: 'It may be busy with another command.',
		reset: 'It may have been restarted.',
		cancelled: 'The command may have run.',
		'too-large': "Ask for less, with a 'Limit' or a node.",
	},
};

/** A request without a complete response. */
export function connectionFailure({ cause, code, received }: HttpFailure): CommandFailure {
	const { message, description } = connectionWords(cause, NAMES);
	// Codes go into the description, because n8n replaces messages that contain one.
	return {
		ran: received,
		message,
		description: code === undefined ? description : `${description} (${code})`,
		code,
	};
}

const LOST = {
	late: [
		'The command did not finish in time',
		"It may still be queued or running. Set a longer 'Timeout', or check what the service is doing.",
	],
	forgotten: [
		'Service Mode no longer knows the command',
		'It was restarted, or the result is older than the hour for which it is kept.',
	],
	expired: [
		'The command waited too long in the queue and was dropped',
		'Service Mode drops commands after five minutes in its queue. Another command is holding it up.',
	],
	unreadable: [
		'The response from Service Mode cannot be read',
		"If it was created with an encryption key (-ek), the credential's 'Encryption Key' must be the same; otherwise, a proxy between n8n and the service is changing responses.",
	],
	strange: [
		'Service Mode sent an unexpected response',
		`${ADDRESS} A proxy between n8n and the service may have responded instead.`,
	],
} as const satisfies Record<string, Words>;

/** A command that was accepted, but whose result is not available. */
export function lost(why: keyof typeof LOST, requestId?: string, status?: number): CommandFailure {
	const [message, description] = LOST[why];
	return { ran: 'maybe', message, description, requestId, status };
}
