import type { ServerResponse } from 'node:http';

/** What goes back to a client. */
export interface Reply {
	code: number;
	body: Buffer;
	type: string;
	headers?: Record<string, string>;
}

export function json(code: number, value: unknown): Reply {
	return { code, body: Buffer.from(JSON.stringify(value)), type: 'application/json' };
}

export function refusal(code: number, error: string): Reply {
	return json(code, { status: 'error', error });
}

/** A default page of the web framework. */
export function page(code: number, title: string, text: string): Reply {
	const html = `<!doctype html>\n<html lang=en>\n<title>${code} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
	return { code, body: Buffer.from(html), type: 'text/html; charset=utf-8' };
}

export const NOT_FOUND = page(
	404,
	'Not Found',
	'The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.',
);

export const WRONG_METHOD = page(
	405,
	'Method Not Allowed',
	'The method is not allowed for the requested URL.',
);

export function send(response: ServerResponse, { code, body, type, headers }: Reply): void {
	response.writeHead(code, { 'content-type': type, 'content-length': body.length, ...headers });
	response.end(body);
}
