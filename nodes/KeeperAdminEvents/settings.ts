import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { bounded } from '../shared/bounded-number';
import { keeperBaseUrl } from '../shared/keeper-region';
import type { AuditEvent } from './event/audit-event';
import { FORMATS, isOutputFormat, type OutputFormat } from './formats/formats';
import { compileFilter, splitList, type InvalidFilter } from './event/event-filter';
import type { EventsAccess } from './reading/events-service';
import type { FileTarget } from './formats/lines-file';
import type { Moment } from './get-many/time-range';

/** Why nothing can be asked for: a sentence that names the field, and what to do. */
export class InvalidSettings extends Error {
	readonly description: string;

	constructor(message: string, description: string) {
		super(message);
		this.description = description;
	}
}

const IN_CREDENTIAL = "Open the credential 'Keeper Admin API' and correct it.";

/** Where the credential leads. Throws InvalidSettings. */
export function readAccess(credential: ICredentialDataDecryptedObject): EventsAccess {
	const address = keeperBaseUrl(String(credential.region), credential.baseUrl);
	if ('invalid' in address) throw new InvalidSettings(address.invalid, IN_CREDENTIAL);
	const token = bareToken(credential.apiToken);
	if (token === '') {
		throw new InvalidSettings("'API Token' of the credential is empty.", IN_CREDENTIAL);
	}
	// Anything else cannot stand in a header, and would be named in the error about it.
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw new InvalidSettings(
			"'API Token' of the credential holds characters that no token has, such as a line break.",
			IN_CREDENTIAL,
		);
	}
	return { baseUrl: address.baseUrl, token };
}

/** A token without the white space and the 'Bearer' that pasting leaves in front. */
export function bareToken(given: unknown): string {
	return String(given ?? '')
		.trim()
		.replace(/^Bearer(\s+|$)/i, '');
}

/** The collection 'Filters', as n8n gives it. */
export interface FilterFields {
	events?: unknown;
	eventPatterns?: unknown;
	users?: unknown;
	addresses?: unknown;
	categories?: unknown;
}

/** Throws InvalidSettings. */
export function readFilter(fields: FilterFields): (event: AuditEvent) => boolean {
	const events = [...textsOf(fields.events), ...textsOf(fields.eventPatterns)].flatMap(splitList);
	const { users, addresses, categories } = fields;
	try {
		return compileFilter({
			events,
			users: textsOf(users),
			addresses: textsOf(addresses),
			categories: textsOf(categories),
		});
	} catch (error) {
		throw inAddresses(error as InvalidFilter);
	}
}

function inAddresses({ message }: InvalidFilter): InvalidSettings {
	return new InvalidSettings(`'Addresses' cannot be understood: ${message}`, 'Correct the filter.');
}

/** A list given as a list, as text, or by an expression as anything else. */
function textsOf(value: unknown): string[] {
	if (value === undefined || value === null) return [];
	return (Array.isArray(value) ? value : [value]).map(String);
}

/** Throws InvalidSettings. */
export function readFormat(value: unknown): OutputFormat {
	if (isOutputFormat(value)) return value;
	throw new InvalidSettings(
		`'Output Format' is '${String(value)}', which is not a format.`,
		`Use one of: ${Object.keys(FORMATS).join(', ')}.`,
	);
}

/** A point in time, whether text, a number, or the date object that an expression gives. */
export function momentOf(value: unknown): Moment {
	if (typeof value === 'string' || typeof value === 'number') return value;
	// Both Date and Luxon's DateTime have their instant as their value.
	const instant = Object(value).valueOf();
	return typeof instant === 'number' ? instant : '';
}

/** Events per page, where the option gives none or none that can be. */
export function readPageSize(value: unknown): number {
	return bounded(value, 1, 10_000, 1000);
}

/** Throws InvalidSettings. */
export function readFileTarget(parameter: (name: string) => unknown): FileTarget {
	return {
		binaryPropertyName: named(parameter('binaryPropertyName'), 'Put Output File in Field'),
		fileName: named(parameter('fileName'), 'File Name'),
	};
}

function named(value: unknown, displayName: string): string {
	const text = String(value ?? '').trim();
	if (text !== '') return text;
	throw new InvalidSettings(`'${displayName}' is empty.`, 'Enter a name.');
}
