import type { Failure } from '../../shared/failure';
import type { ConnectionFault } from '../../shared/http/connection-fault';
import { connectionWords, type ServiceWords } from '../../shared/http/connection-words';
import { capital } from '../../shared/words';
import type { Fault, ServiceError } from '../service/fault';
import type { Field } from '../table/field';
import { withoutSecrets } from './hidden-secrets';
import { knownCode, knownDetail } from './known-codes';

/** A fault in words, with the facts that every failed item has. */
interface WordedFault extends Failure {
	facts: {
		code: string | null;
		httpStatus: number | null;
		requestId: string | null;
		[name: string]: boolean | string | number | null;
	};
}

/** What a message needs to know of the operation. */
export interface FaultContext {
	/** Of the operation, for their names and places in a request. */
	fields: ReadonlyArray<Field>;
	/** For 404: what was asked for, such as `License 'abc'`. */
	subject?: string;
	/** What the operation needs, where not every server has it. */
	needs?: string;
	/** What 404 means, where it means more than that the subject is not there. */
	notFound?: string;
}

/**
 * Puts a fault in words: what happened, in terms of the fields in the panel, and what to do.
 *
 * @param secrets removed from the words, which may quote the service
 */
export function worded(
	fault: Fault,
	context: FaultContext,
	secrets: readonly string[],
): WordedFault {
	const { message, description, facts, ...more } = afterOthers(fault, wordsOf(fault, context));
	return {
		...more,
		facts: fault.outcome === undefined ? facts : { ...facts, outcome: fault.outcome },
		message: withoutSecrets(message, secrets),
		description: withoutSecrets(description, secrets),
	};
}

/** Of a list that goes out in parts, those before the failed one stay done. */
function afterOthers({ done }: Fault, words: WordedFault): WordedFault {
	if (done === undefined) return words;
	const rest = words.description.replace('Nothing was changed.', '').trim();
	return {
		...words,
		description: `The first ${done} records were done before: leave them out when you run it again. ${rest}`,
		facts: { ...words.facts, done },
	};
}

function wordsOf(fault: Fault, context: FaultContext): WordedFault {
	const facts = { code: null, httpStatus: null, requestId: null };
	switch (fault.kind) {
		case 'stopped': {
			const { message, description, code = null, status } = fault;
			return {
				message,
				description,
				status,
				facts: { ...fault.facts, ...facts, code, httpStatus: status ?? null },
			};
		}
		case 'unreadable': {
			const { status } = fault;
			const words = fault.outcome === 'unknown' ? unknownOutcome(status) : unreadable(fault);
			return { ...words, status, facts: { ...facts, httpStatus: status } };
		}
		case 'unanswered':
			return { ...unanswered(fault, fault.outcome === 'unknown'), facts };
		case 'refused': {
			const words = refused(fault, context);
			return fault.outcome === 'unknown' ? { ...words, ...unknownOutcome(fault.status) } : words;
		}
	}
}

function refused(
	{ status, errors, requestId }: Extract<Fault, { kind: 'refused' }>,
	context: FaultContext,
): WordedFault {
	const entries = errors.length > 0 ? errors : [{ title: `Keygen answered with status ${status}` }];
	const [first, ...others] = entries.map((entry) => describe(entry, status, context));
	const also =
		others.length > 0
			? `Also: ${[...new Set(others.map(({ message }) => message))].join('. ')}. `
			: '';
	const codes = [...new Set(entries.flatMap(({ code }) => code ?? []))];
	const traces = [
		...codes.map((code) => `code ${code}`),
		`status ${status}`,
		...(requestId ? [`request ID ${requestId}`] : []),
	];
	const advice = [...new Set([first, ...others].map((entry) => entry.advice))]
		.filter(Boolean)
		.join(' ');
	return {
		message: first.message,
		description: `${advice}${advice ? ' ' : ''}${also}(${traces.join(', ')})`,
		status,
		facts: { code: codes[0] ?? null, httpStatus: status, requestId: requestId ?? null },
	};
}

function describe(
	entry: ServiceError,
	status: number,
	context: FaultContext,
): { message: string; advice: string } {
	const known = knownCode(entry.code) ?? knownDetail(entry.detail);
	const place = placeOf(entry, context.fields);
	const detail = entry.detail ?? entry.title ?? '';
	const isOfField = status === 401 && place?.known === true;
	const advice = isOfField
		? 'Check what was entered.'
		: (known?.advice ?? adviceFor(status, detail));
	if (status >= 500) return { message: SERVER_FAULT(status), advice };
	if (status === 404 && NO_SUCH_ROUTE.test(detail)) return notOffered(context.needs);
	if (status === 404 && UNKNOWN_ACCOUNT_DETAIL.test(detail)) return UNKNOWN_ACCOUNT;
	if (status === 404 && context.notFound !== undefined && !NAMED.test(detail))
		return { message: context.notFound, advice };
	if (status === 404 && context.subject !== undefined)
		return { message: `${context.subject} was not found`, advice };
	const name = place?.known ? place.name : (context.subject ?? place?.name);
	if (known?.explained && detail !== '')
		return { message: known.message ?? capital(detail), advice: `${capital(detail)}. ${advice}` };
	if (known?.message !== undefined && (name !== undefined || !known.message.includes('{field}'))) {
		return { message: known.message.replace('{field}', place?.name ?? name ?? ''), advice };
	}
	if (/unpermitted parameter/i.test(detail) && place === undefined)
		return { message: 'What was entered is not accepted here', advice: NOT_ACCEPTED };
	if (name === undefined)
		return { message: capital(detail) || `Keygen answered with status ${status}`, advice };
	if (/unpermitted parameter/i.test(detail))
		return {
			message: `${place?.name ?? name} is not accepted here`,
			advice: place?.ee ? `Leave it out. ${EE_FIELD}` : NOT_ACCEPTED,
		};
	// Details such as "must be …" and "is …" go on from a name.
	if (/^(must|is|are|has|have|cannot|can't|can|does|do|should|already|not|exceeds?)\b/.test(detail))
		return { message: `${name} ${detail}`, advice };
	return { message: place?.known ? `${name}: ${detail}` : capital(detail), advice };
}

const SERVER_FAULT = (status: number) =>
	`The Keygen server, or a proxy in front of it, cannot answer just now (status ${status})`;

/** The service names what it was asked for, unless that is there and leads to nothing. */
const NAMED = /'.*'/;

const NO_SUCH_ROUTE = /requested endpoint was not found/i;

/** The server has no such route, whatever record it was asked for. */
const notOffered = (needs: string | undefined) => ({
	message: 'This Keygen server does not offer the operation',
	advice:
		needs === undefined
			? 'It may be older than the operation, or reached through a domain that does not offer it.'
			: `It needs ${needs}.`,
});

/** A user may be named account@example.com. */
const UNKNOWN_ACCOUNT_DETAIL = /^the requested account\b/i;

const UNKNOWN_ACCOUNT = {
	message: 'Keygen does not know the account of the credential',
	advice: "Open the credential 'Keygen API' and check 'Account' and where Keygen is.",
};

const EE_FIELD = 'It needs Keygen EE or Keygen Cloud, and there a token that may set it.';

const NOT_ACCEPTED =
	'Leave it out, or use a token with a higher role. Some fields are for staff and product tokens, and some for Keygen EE and Keygen Cloud, only.';

/** What to do about a status, where the code is not known. The first that fits counts. */
const ADVICE: ReadonlyArray<{ from: number; to?: number; detail?: RegExp; advice: string }> = [
	{ from: 401, advice: "Check the token or license key of the credential 'Keygen API'." },
	{ from: 402, advice: 'Check the plan of the Keygen account: a daily limit may be reached.' },
	{
		from: 403,
		detail: /permission|^$/i,
		advice:
			"The credential's token is not allowed to do this. Use one with a higher role or more permissions, such as an admin token.",
	},
	{
		from: 403,
		advice: "If that does not explain it, the credential's token may lack a permission.",
	},
	{ from: 404, advice: "Check the ID, and that the credential's token may see the record." },
	{
		from: 405,
		advice:
			'This Keygen server does not offer it. Event and request logs need Keygen EE with ClickHouse, or Keygen Cloud.',
	},
	{ from: 409, advice: 'Somebody else was changing the same record. Run it again.' },
	{ from: 429, advice: "Lower 'Requests at a Time' under 'Options', or run it later." },
	{
		from: 500,
		to: Infinity,
		advice: 'Run it again later. For a server of your own, look at its logs.',
	},
	{ from: 0, to: Infinity, advice: 'Nothing was changed.' },
];

function adviceFor(status: number, detail: string): string {
	const row = ADVICE.find(
		(one) =>
			status >= one.from && status <= (one.to ?? one.from) && (one.detail?.test(detail) ?? true),
	);
	return row?.advice ?? '';
}

/** What an error points at. */
interface ErrorPlace {
	/** In quotes: the name of the field in the panel, or a readable form of the pointer's end. */
	name: string;
	/** Whether it is a field of the operation. */
	known: boolean;
	/** Whether only some servers know the field. */
	ee?: boolean;
}

function placeOf(
	{ source, code = '' }: ServiceError,
	fields: ReadonlyArray<Field>,
): ErrorPlace | undefined {
	const { pointer, parameter, header } = source ?? {};
	if (parameter !== undefined) {
		const field = fields.find(
			({ at }) =>
				at === `query.${parameter}` || at === `query.${parameter.replace(/\[\d*\]$/, '[]')}`,
		);
		return { name: `'${field?.label ?? humanized(parameter)}'`, known: field !== undefined };
	}
	if (header !== undefined) return signInPlace(code, fields);
	if (pointer === undefined) return undefined;
	const steps = pointer.split('/').slice(1).map(camelCase);
	const place = (steps[0] === 'data' ? steps.slice(1) : steps).filter(
		(step) => !/^\d+$/.test(step),
	);
	const linkage = fields.find(({ at }) => at === 'data');
	if (linkage && steps[0] === 'data') return { name: `'${linkage.label}'`, known: true };
	for (let length = place.length; length > 0; length -= 1) {
		const at = place.slice(0, length).join('.');
		const field = fields.find((candidate) => candidate.at === at || candidate.at === `data.${at}`);
		if (!field) continue;
		const inside = place
			.slice(length)
			.filter((step) => !STRUCTURE.has(step))
			.pop();
		return {
			name: inside === undefined ? `'${field.label}'` : `'${inside}' in '${field.label}'`,
			known: true,
			ee: field.ee,
		};
	}
	const end = place.filter((step) => !STRUCTURE.has(step)).pop();
	return end === undefined ? undefined : { name: `'${humanized(end)}'`, known: false };
}

/** The field that signing in stumbled over: email and password travel in one header. */
function signInPlace(code: string, fields: ReadonlyArray<Field>): ErrorPlace | undefined {
	const [start] = code.split('_');
	const field = fields.find(({ at, label }) => at === 'input' && label.toUpperCase() === start);
	return field && { name: `'${field.label}'`, known: true };
}

/** Steps of a pointer that say nothing to a user. */
const STRUCTURE = new Set(['data', 'id', 'attributes', 'relationships', 'meta']);

const camelCase = (step: string) =>
	step.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function humanized(name: string): string {
	const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_[\]-]+/);
	return words.filter(Boolean).map(capital).join(' ');
}

function unreadable({ status, redirectedTo }: Extract<Fault, { kind: 'unreadable' }>): {
	message: string;
	description: string;
} {
	if (redirectedTo !== undefined) {
		return {
			message: `The server sends requests on to ${redirectedTo}`,
			description:
				"The token was not sent there. If that is where Keygen is, enter exactly that, with its https:// or http://, in the credential 'Keygen API'.",
		};
	}
	if (status >= 500) return { message: SERVER_FAULT(status), description: adviceFor(status, '') };
	if (status === 403) return OTHER_HOST;
	return {
		message: `The answer did not come from Keygen's API (status ${status})`,
		description:
			"Check the address in the credential 'Keygen API', and whether a proxy in between shows a page of its own.",
	};
}

/** What the server says to a host name that is not its own: nothing. */
const OTHER_HOST = {
	message: 'The server refuses requests to this address (status 403)',
	description:
		"A Keygen server answers only to the host name that it was set up with, its KEYGEN_HOST. Enter that in the credential 'Keygen API'. If it is the same, see whether a proxy in between refuses n8n.",
};

const MAYBE_DONE = 'Keygen may have carried it out: check before running it again.';

/** For a write that must not be sent twice, after a status that does not tell what became of it. */
function unknownOutcome(status: number): { message: string; description: string } {
	return {
		message: `It is not known whether Keygen carried it out (status ${status})`,
		description: `The server, or a proxy in front of it, failed to answer properly. ${MAYBE_DONE} For a server of your own, look at its logs.`,
	};
}

const KEYGEN: ServiceWords = {
	service: 'Keygen',
	credential: "'Keygen API'",
	address: 'the address',
	advice: {
		certificate:
			"Check the address in the credential 'Keygen API', and whether a proxy intercepts TLS. For a server of your own with a certificate of its own, turn on 'Ignore TLS Issues' there.",
		timeout: "Raise 'Timeout (Seconds)' under 'Options', or run it later.",
		reset: 'Run it again.',
	},
};

function unanswered(
	{ cause, code }: ConnectionFault,
	isUnknown: boolean,
): { message: string; description: string } {
	const { message, description } = connectionWords(cause, KEYGEN);
	const warning = isUnknown ? `${MAYBE_DONE} ` : '';
	return { message, description: `${warning}${description}${code ? ` (${code})` : ''}` };
}
