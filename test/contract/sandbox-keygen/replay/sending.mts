import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

import type { Captures } from './captures.mts';
import type { Step } from './scenario.mts';
import type { Service } from './service.mts';

export interface Received {
	status: number;
	headers: IncomingHttpHeaders;
	text: string;
}

const MEDIA_TYPE = 'application/vnd.api+json';

/** Sends the request of a step. Throws `Blocked` when something that it needs is not known. */
export function send(service: Service, captures: Captures, step: Step): Promise<Received> {
	const { request } = step;
	const path = captures.text(request.path);
	const url =
		request.from === 'url'
			? path
			: `${service.origin}${request.from === 'origin' ? '' : '/v1'}${path}`;
	const body =
		request.body === undefined
			? request.text && captures.text(request.text)
			: JSON.stringify(captures.fill(request.body));
	const usual = {
		accept: MEDIA_TYPE,
		'keygen-version': '1.8',
		...(body !== undefined && { 'content-type': MEDIA_TYPE }),
		...authorization(service, captures, step.as),
	};
	const headers: Record<string, string> = request.from === 'url' ? {} : usual;
	for (const [name, value] of Object.entries(request.headers ?? {})) {
		if (value === null) delete headers[name.toLowerCase()];
		else headers[name.toLowerCase()] = captures.text(value);
	}
	return exchange(request.method, url, headers, body);
}

function authorization(
	{ admin }: Service,
	captures: Captures,
	as?: string,
): Record<string, string> {
	if (as === 'none') return {};
	if (as === undefined) return { authorization: `Bearer ${admin.token}` };
	const [, pair] = /^basic (.*)$/s.exec(captures.text(as)) ?? [];
	return {
		authorization:
			pair === undefined ? captures.text(as) : `Basic ${Buffer.from(pair).toString('base64')}`,
	};
}

/** The path goes out as written, which fetch would tidy up. */
function exchange(
	method: string,
	url: string,
	headers: Record<string, string>,
	body: string | undefined,
): Promise<Received> {
	const { origin, hostname, port } = new URL(url);
	const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
	return new Promise((resolve, reject) => {
		const request = httpRequest({
			hostname,
			port,
			method,
			path: url.slice(origin.length),
			headers: { ...headers, ...length },
			agent: false,
		});
		request.on('response', (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					text: Buffer.concat(chunks).toString(),
				}),
			);
			response.on('error', reject);
		});
		request.on('error', reject);
		request.end(body);
	});
}
