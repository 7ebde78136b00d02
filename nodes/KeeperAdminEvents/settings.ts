import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { bounded } from '../shared/bounded-number';
import { invalid } from '../shared/failure';
import { bareSecret } from '../shared/http/bare-secret';
import { keeperBaseUrl } from '../shared/keeper/keeper-region';
import type { AuditEvent } from './event/audit-event';
import { FORMATS, isOutputFormat, type OutputFormat } from './formats/formats';
import { compileFilter, splitList } from './event/event-filter';
import type { EventsAccess } from './reading/events-service';
import type { FileTarget } from './formats/lines-file';

const IN_CREDENTIAL = "Open the credential 'Keeper Admin API' and correct it.";

/** Where the credential leads. Throws Failed. */
export function readAccess(credential: ICredentialDataDecryptedObject): EventsAccess {
	const address = keeperBaseUrl(String(credential.region), credential.baseUrl);
	if (!address.ok) throw invalid(address.failure, IN_CREDENTIAL);
	const token = bareSecret(credential.apiToken);
	if (token === '') {
		throw invalid("'API Token' of the credential is empty", IN_CREDENTIAL);
	}
	// Anything else cannot stand in a header, and would be named in the error about it.
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw invalid(
			"'API Token' of the credential holds characters that no token has, such as a line break",
			IN_CREDENTIAL,
		);
	}
	return { baseUrl: address.value, token };
}

/** The collection 'Filters', as n8n gives it. */
export interface FilterFields {
	events?: unknown;
	eventPatterns?: unknown;
	users?: unknown;
	addresses?: unknown;
	categories?: unknown;
}

/** The codes and patterns that the filter names. */
export function filteredEvents({ events, eventPatterns }: FilterFields): string[] {
	return [...textsOf(events), ...textsOf(eventPatterns)].flatMap(splitList);
}

/** Throws Failed. */
export function readFilter(fields: FilterFields): (event: AuditEvent) => boolean {
	const events = filteredEvents(fields);
	const { users, addresses, categories } = fields;
	return compileFilter({
		events,
		users: textsOf(users),
		addresses: textsOf(addresses),
		categories: textsOf(categories),
	});
}

/** A list given as a list, as text, or by an expression as anything else. */
function textsOf(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	return (Array.isArray(value) ? value : [value]).map(String);
}

/** Throws Failed. */
export function readFormat(value: unknown): OutputFormat {
	if (isOutputFormat(value)) return value;
	throw invalid(
		`'Event Format' is '${String(value)}', which is not a format`,
		`Use one of: ${Object.keys(FORMATS).join(', ')}.`,
	);
}

/** Events per page, where the option gives none or none that can be. */
export function readPageSize(value: unknown): number {
	return bounded(value, 1, 10_000, 1000);
}

/** Throws Failed. */
export function readFileTarget(parameter: (name: string) => unknown): FileTarget {
	return {
		binaryPropertyName: named(parameter('binaryPropertyName'), 'Put Output File in Field'),
		fileName: named(parameter('fileName'), 'File Name'),
	};
}

function named(value: unknown, displayName: string): string {
	const text = String(value ?? '').trim();
	if (text !== '') return text;
	throw invalid(`'${displayName}' is empty`, 'Enter a name.');
}
