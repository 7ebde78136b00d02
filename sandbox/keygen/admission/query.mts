import type { FastifyRequest } from 'fastify';

import type { Row } from '../call/row.mts';
import type { Permits } from '../notation/members.mts';
import { misfit } from '../notation/misfits.mts';
import { fields } from '../notation/notation.mts';
import type { Field } from '../notation/notation.mts';
import { refuse } from '../refusals/problems.mts';
import { AmbiguousQuery, readQuery } from '../wire/query.mts';
import type { QueryValue } from '../wire/query.mts';

/** The query. Throws 400 when one name is given as text and as an object. */
export function queryOf(request: FastifyRequest): Record<string, QueryValue> {
	try {
		return readQuery(request.url.split('?')[1] ?? '');
	} catch (error) {
		if (!(error instanceof AmbiguousQuery)) throw error;
		return refuse(
			400,
			'The request could not be completed because it contains invalid query parameters (check encoding)',
			{ code: 'PARAMETERS_INVALID' },
		);
	}
}

/** Typed query parameters; unknown ones are ignored, as the service does. */
export function checkQuery(row: Row, query: Record<string, QueryValue>, permits: Permits): void {
	for (const field of fields(row.query ?? '').members) {
		const value = query[field.name];
		if (value === undefined) continue;
		if (!permits(field)) refuse(400, 'unpermitted parameter', { parameter: field.name });
		if (field.members && typeof value === 'object' && !Array.isArray(value)) {
			for (const inner of field.members)
				if (inner.name in value)
					checkValue(inner, value[inner.name], `${field.name}[${inner.name}]`);
		} else checkValue(field, value, field.name);
	}
}

function checkValue(field: Field, value: QueryValue, parameter: string): void {
	if (field.kind === 'array' || !misfit(field, typed(field, value))) return;
	refuse(400, `failed to coerce string to ${field.kind}`, { parameter });
}

function typed(field: Field, value: QueryValue): unknown {
	if (typeof value !== 'string') return value;
	if (value === '' && field.nullable) return null;
	if (field.kind === 'integer' && /^-?\d+$/.test(value)) return Number(value);
	if (field.kind === 'boolean' && ['true', 'false', '1', '0'].includes(value)) return true;
	return value;
}
