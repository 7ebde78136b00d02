import { fail, ok, type Result } from '../../shared/failure';
import type { HttpResult } from '../../shared/http/http';
import { jsonObject } from '../../shared/json';
import type { ServiceDocument } from './document';
import type { Fault, ServiceError } from './fault';

/** A response of the service that did what it was asked to. */
export interface Answer {
	status: number;
	document: ServiceDocument;
	headers: Record<string, string>;
	/** As received, for responses that are not documents, and for signatures. */
	body: Buffer;
	/** Of the request. */
	method: string;
	url: string;
}

/** What the service answered, or why it did not do what it was asked to. */
export type Reply = Result<Answer, Fault>;

/** Reads what came back for a request. */
export function readReply(method: string, url: string, result: HttpResult): Reply {
	if (result.kind === 'failure') {
		const { received, cause, code } = result;
		return fail({ kind: 'unanswered', received, cause, code });
	}
	const { status, headers, body } = result;
	const document: ServiceDocument | undefined = jsonObject(body);
	const isRedirect = status >= 300 && status < 400;
	if (status < 300 || (isRedirect && document?.data !== undefined)) {
		// Only files and empty responses are not documents; a ping returns a blank.
		const isText = document === undefined && body.toString('latin1').trim() !== '';
		if (isText && !/octet-stream/.test(headers['content-type'] ?? ''))
			return fail({ kind: 'unreadable', status });
		return ok({ status, document: document ?? {}, headers, body, method, url });
	}
	if (isRedirect)
		return fail({ kind: 'unreadable', status, redirectedTo: originOf(headers.location, url) });
	const errors = errorsOf(document);
	if (errors === undefined) return fail({ kind: 'unreadable', status });
	const requestId = document?.meta?.id ?? headers['x-request-id'];
	return fail({
		kind: 'refused',
		status,
		errors,
		...(typeof requestId === 'string' ? { requestId } : {}),
	});
}

/** The entries of an error document, in the shape that the code relies on. */
function errorsOf(document?: ServiceDocument): ServiceError[] | undefined {
	if (!Array.isArray(document?.errors)) return undefined;
	const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
	return document.errors.slice(0, 20).map((entry: ServiceError | null) => ({
		title: text(entry?.title),
		detail: text(entry?.detail),
		code: text(entry?.code),
		source: {
			pointer: text(entry?.source?.pointer),
			parameter: text(entry?.source?.parameter),
			header: text(entry?.source?.header),
		},
	}));
}

/** Scheme and host of a redirect, which may be relative to the request. */
function originOf(location: string | undefined, url: string): string {
	return location !== undefined && URL.canParse(location, url)
		? new URL(location, url).origin
		: 'another address';
}
