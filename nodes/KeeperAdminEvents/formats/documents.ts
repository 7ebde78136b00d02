import type { IDataObject } from 'n8n-workflow';

import type { AuditEvent } from '../event/audit-event';
import type { CursorState } from '../cursor/cursor-state';
import { eventKey } from '../event/event-key';
import { SeenEvents } from '../cursor/seen-events';
import { FORMATS, type Format, type OutputFormat } from './formats';

/**
 * Converts events into the documents of a format.
 *
 * Keeper's events have no ID. Formats that want one get an ID derived from the event's content. It
 * is the same whenever and however the event is read, so whoever stores documents under their ID
 * may be sent one twice. Twins, events with the same content, are numbered.
 */
export class Documents {
	private readonly format: Format;
	private readonly receivedAt: number;
	private readonly emitted: SeenEvents[];
	private readonly numbers = new Map<string, number>();

	/**
	 * @param receivedAt milliseconds since 1970; the time of an event that has none
	 * @param state what was emitted before, so that the numbering of twins continues
	 */
	constructor(format: OutputFormat, receivedAt: number, state?: CursorState) {
		this.format = FORMATS[format];
		this.receivedAt = receivedAt;
		this.emitted = state ? [new SeenEvents(state.seen), new SeenEvents(state.undated)] : [];
	}

	of(event: AuditEvent): IDataObject {
		const { convert, idAt } = this.format;
		const id = idAt && this.idOf(event);
		const document = convert(event, this.receivedAt, id) as IDataObject;
		if (idAt && id !== undefined) fillIn(document, idAt, id);
		return document;
	}

	private idOf(event: AuditEvent): string {
		const key = eventKey(event);
		const before = Math.max(0, ...this.emitted.map((seen) => seen.count(key)));
		const number = (this.numbers.get(key) ?? before) + 1;
		this.numbers.set(key, number);
		return number === 1 ? key : `${key}-${number}`;
	}
}

/** Sets the member at the end of a path, unless it has a value. */
function fillIn(document: IDataObject, path: readonly string[], value: string): void {
	const parent = path
		.slice(0, -1)
		.reduce((object, name) => (object[name] ??= {}) as IDataObject, document);
	parent[path[path.length - 1]] ??= value;
}
