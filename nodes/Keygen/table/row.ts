import type { Field } from './field';
import type { FilterName } from './filters';

/** What comes back of an operation, and what goes out for it. */
export type Answer =
	/** One record, or null. */
	| 'record'
	| 'list'
	/** Several records that are no page of a list, such as what was attached. */
	| 'records'
	/** Nothing but the deed; goes out as `deleted` with the ID. */
	| 'deleted'
	/** Nothing but the deed; goes out as `success`. */
	| 'done'
	/** Text that goes out as a file. */
	| 'file'
	/** Whether something is genuine, and what it holds. */
	| 'verdict'
	/** The same of a file that holds a document. */
	| 'documentVerdict';

/** Operations that are more than one request; `compound.ts` holds them. */
export type Compound =
	| 'activateMachine'
	| 'createOrGetUser'
	| 'uploadArtifact'
	| 'downloadArtifact';

/** Operations that send no request; `verification.ts` holds them. */
export type Local = 'verifyLicenseKey' | 'verifyLicenseFile' | 'verifyMachineFile';

/**
 * One operation. All that the user sees, all that goes on the wire and its page in the reference
 * follow from it.
 */
export interface Row<FieldName extends string = string> {
	name: string;
	/** In n8n's list of actions; sentence case, with the resource. */
	action: string;
	description?: string;
	/**
	 * Method and path. `{license}` is the record of that name, given by the user. Paths follow the
	 * account's base; those that begin with `/v1` follow the server's. Every row has it but those
	 * that are `local`.
	 */
	request?: string;
	local?: Local;
	required?: FieldName[];
	/** Optional fields that stand in the panel itself rather than in a collection. */
	shown?: FieldName[];
	/** Optional fields; the name of their collection follows from the operation. */
	optional?: FieldName[];
	/** Optional fields about the request rather than the record. */
	settings?: FieldName[];
	filters?: FilterName[];
	/** What can be fetched along with each record. */
	include?: readonly string[];
	/** By default `deleted` for DELETE, else `record`. */
	answer?: Answer;
	/** Type in the body, where it is not the resource's. */
	type?: string;
	/** Sends `data: null`, which removes a linkage. */
	unlinks?: true;
	/** Whether the request may arrive twice without harm; by default GET, PATCH and DELETE may. */
	repeatable?: boolean;
	/** Carries an ID made by the node, so that sending it again cannot create a second record. */
	ownId?: true;
	/** 409 means "somebody else is at it", and nothing happened: send again. */
	again409?: true;
	/** Sent with an e-mail and a password instead of the credential. */
	login?: true;
	headers?: Readonly<Record<string, string>>;
	compound?: Compound;
	/** Has no effect on the service, though it is no GET. */
	reads?: true;
	ee?: true;
	/** Only Keygen Cloud has it. */
	cloud?: true;
	/** What the status 404 means, where it is not that a record is missing. */
	notFound?: string;
	/** A warning shown above the fields. */
	notice?: string;
	/** A sentence for the reference page only. */
	note?: string;
}

export interface Resource {
	label: string;
	/** JSON:API type of its records. */
	type: string;
	/** Page of Keygen's documentation, below https://keygen.sh/docs/api/. */
	docs: string;
	ee?: true;
	cloud?: true;
	description?: string;
	fields: Readonly<Record<string, Field>>;
	operations: Readonly<Record<string, Row>>;
}

/** Writes down a resource; its rows may name only its own fields. */
export function resource<F extends Record<string, Field>>(
	definition: Omit<Resource, 'fields' | 'operations'> & {
		fields: F;
		operations: Record<string, Row<keyof F & string>>;
	},
): Resource {
	return definition;
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A row's method, path and the records that its path names, in order; a local row has none of them. */
export function route(row: Row): { method?: Method; path: string; records: string[] } {
	if (row.request === undefined) return { path: '', records: [] };
	const [method, path] = row.request.split(' ');
	const records = [...path.matchAll(/\{(\w+)\}/g)]
		.map(([, name]) => name)
		.filter((name) => name !== 'account');
	return { method: method as Method, path, records };
}

/** What a row answers with. */
export function answerOf(row: Row): Answer {
	return row.answer ?? (isSentBy(row, 'DELETE') ? 'deleted' : 'record');
}

/** Whether a row's request has one of the methods. */
export function isSentBy(row: Row, ...methods: Method[]): boolean {
	const { method } = route(row);
	return method !== undefined && methods.includes(method);
}

/** The name of the collection that holds a row's optional fields. */
export function collectionOf(row: Row): { name: string; label: string; placeholder: string } {
	if (isSentBy(row, 'PATCH', 'PUT')) {
		return { name: 'updateFields', label: 'Update Fields', placeholder: 'Add Field' };
	}
	const isScope = row.optional?.every((name) => name.startsWith('scope')) ?? false;
	const label = isScope ? 'Scope' : 'Additional Fields';
	return { name: 'additionalFields', label, placeholder: 'Add Field' };
}

/** Whether a row may change something at the service. */
export function changes(row: Row): boolean {
	return !row.reads && row.local === undefined && !isSentBy(row, 'GET');
}

/** Whether a row's request may be sent twice without harm. */
export function isRepeatable(row: Row): boolean {
	return (
		row.repeatable ??
		(row.reads === true ||
			row.ownId === true ||
			row.local !== undefined ||
			isSentBy(row, 'GET', 'PATCH', 'DELETE'))
	);
}
