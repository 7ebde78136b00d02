import type { FastifyRequest } from 'fastify';

import type { Row } from '../call/row.mts';
import { noEndpoint } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';

/** Where names in a path may hold dots: below these words, names of second records included. */
const dotted = [
	'-',
	'machines',
	'users',
	'licenses',
	'releases',
	'artifacts',
	'packages',
	'engines',
];

/**
 * Elsewhere a dot begins a format, as in `/products/x.json`: only `json` is served, a second dot
 * or one that is not at the end leaves no route. Takes the format off the parameters.
 */
export function refuseWrongFormat(row: Row, request: FastifyRequest): void {
	const params = request.params as Record<string, string>;
	const [path] = request.url.split('?');
	if (params.format !== undefined) return checkFormat(params.format.split('.'));
	const pattern = row.route.split(' ')[1].split('/');
	const segments = path
		.replace(/\/+$/, '')
		.split(/\/+/)
		.slice(-(pattern.length - 1));
	for (const [index, step] of pattern.slice(1).entries()) {
		const segment = segments[index] ?? '';
		const name = /^\{(\w+)\}$/.exec(step)?.[1];
		if (!name || name === 'account' || !segment.includes('.') || mayHoldDots(pattern, index + 1))
			continue;
		if (index + 2 < pattern.length) noEndpoint();
		const [value, ...rest] = segment.split('.');
		checkFormat(rest);
		params[name] = decodeURIComponent(value);
	}
}

function checkFormat(formats: string[]): void {
	if (formats.length > 1) noEndpoint();
	if (formats[0] === 'json') return;
	refuse(
		400,
		'The mime type of the request is not acceptable (check content-type and accept headers)',
		{ code: 'MIME_TYPE_INVALID' },
	);
}

function mayHoldDots(pattern: string[], index: number): boolean {
	const literals = pattern.filter((step) => step !== '' && !step.startsWith('{'));
	if (dotted.includes(literals[0])) return true;
	return index > 2 && ['releases', 'artifacts'].includes(literals[1]);
}
