import type { Field } from './field';
import type { FilterName } from './filters';
import type { FoldName } from './folds';
import { recordKind, type Narrowing, type RecordName } from './records';
import type { RelationName } from './relations';
import type { Method, Route } from './route';

/** What the service sends back, and what goes out for it. */
export type Answer =
	/** One record, or null. */
	| 'record'
	| 'list'
	/** Several records that are not a page of a list, such as what was attached. */
	| 'records'
	/** No body. Output: `{ deleted: true, id }`. */
	| 'deleted'
	/** No body. Output: `{ success: true }`. */
	| 'done'
	/** Text that goes out as a file. */
	| 'file'
	/** Whether something is genuine, and what it holds. */
	| 'verdict'
	/** The same for a file that holds a document. */
	| 'documentVerdict';

/** Operations of more than one request; `run/compound.ts` holds them. */
export type Compound =
	| 'activateMachine'
	| 'createOrGetUser'
	| 'uploadArtifact'
	| 'downloadArtifact'
	| 'generateToken';

/** Operations that send no request; `run/verification.ts` holds them. */
export type Local =
	| 'verifyLicenseKey'
	| 'verifyLicenseFile'
	| 'verifyMachineFile'
	| 'verifyMachineProof';

/** What a request carries under `data`. */
export type BodyKind =
	/** A resource: its type, attributes and relationships. */
	| 'resource'
	/** The records that a relation is changed to. */
	| 'linkage'
	/** Null, which ends a relation. */
	| 'unlink'
	| 'none';

/** What every operation has. */
interface Shown {
	name: string;
	/** In n8n's list of actions; sentence case, with the resource. */
	action: string;
	description?: string;
	required?: readonly string[];
	/** Optional fields in the panel itself rather than in a collection. */
	shown?: readonly string[];
	/** Optional fields; `collectionOf` names their collection. */
	optional?: readonly string[];
	optionalLabel?: string;
	/** Optional fields about the request rather than the record. */
	settings?: readonly string[];
	filters?: readonly FilterName[];
	/** What can be fetched along with each record. */
	include?: readonly RelationName[];
	answer: Answer;
	/** The records in the path, in its order. */
	records: readonly RecordName[];
	/** Sent only if the field 'confirmation' names the credential's account. */
	confirmed?: true;
	/** A warning above the fields. */
	notice?: string;
	/** A sentence for the reference page only. */
	note?: string;
}

/** An operation that is one request. */
export interface RequestRow extends Shown {
	request: Route;
	method: Method;
	path: string;
	body: BodyKind;
	/** Type in the body, if not the resource's. */
	type?: string;
	/** Whether the request may arrive twice without harm; by default GET, PATCH and DELETE may. */
	repeatable?: boolean;
	/** Carries an ID made by the node, so a repeat cannot create a second record. */
	ownId?: true;
	/** Retry on 409: another request holds the lock and nothing changed. */
	again409?: true;
	/** Sent with an email and a password instead of the credential. */
	login?: true;
	headers?: Readonly<Record<string, string>>;
	/** Changes nothing at the service, though it is not a GET. */
	reads?: true;
	/** The response says where the content can be uploaded; goes out as `uploadUrl`. */
	uploadUrl?: true;
	/** The panel shows the row as one choice among others of the fold. */
	fold?: FoldName;
	/** The response is another record; the path's own one is read afterwards and goes out. */
	readBack?: true;
	/** What the status 404 means, if not that a record is missing. */
	notFound?: string;
	compound?: undefined;
	local?: undefined;
}

/** An operation of more than one request; `request` is the one that it is named after. */
export interface CompoundRow extends Omit<RequestRow, 'compound'> {
	compound: Compound;
}

/** Members that a kind of row cannot have. */
export type Absent<Members> = { [Name in keyof Members]?: undefined };

/** An operation without a request. */
export interface LocalRow extends Shown, Absent<Omit<RequestRow, keyof Shown | 'local'>> {
	local: Local;
}

export type SentRow = RequestRow | CompoundRow;

/**
 * One operation. All that the user sees, all that goes on the wire and its page in the reference
 * follow from it.
 */
export type Row = SentRow | LocalRow;

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

/** Whether a row's request has one of the methods. */
export function isSentBy({ method }: Row, ...methods: Method[]): boolean {
	return method !== undefined && methods.includes(method);
}

/** A field as a row's operation means it. */
export function asIn(row: Row, field: Field): Field {
	const { descriptionOnUpdate } = field;
	return descriptionOnUpdate !== undefined && isSentBy(row, 'PATCH')
		? { ...field, description: descriptionOnUpdate }
		: field;
}

/** The name of the collection that holds a row's optional fields. */
export function collectionOf(row: Row): { name: string; label: string; placeholder: string } {
	const [name, label] = isSentBy(row, 'PATCH', 'PUT')
		? ['updateFields', 'Update Fields']
		: ['additionalFields', 'Additional Fields'];
	return { name, label: row.optionalLabel ?? label, placeholder: 'Add Field' };
}

/** What may narrow the alias of the record that a row's path begins with. */
export function narrowingOf({ records }: Row): readonly Narrowing[] {
	return records.length === 0 ? [] : (recordKind(records[0]).narrowedBy ?? []);
}

/** Whether a row may change something at the service. */
export function changes(row: Row): boolean {
	return row.local === undefined && !row.reads && row.method !== 'GET';
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
