import type { IDataObject } from 'n8n-workflow';

import type { AuditEvent } from '../event/audit-event';
import type { CursorState } from '../cursor/cursor-state';
import { toEcs } from './ecs';
import { eventKey } from '../event/event-key';
import { toOcsf } from './ocsf';
import { SeenEvents } from '../cursor/seen-events';

export type OutputFormat = 'raw' | 'ecs' | 'ocsf';

/**
 * Turns events into what goes out.
 *
 * ECS and OCSF documents get an id, as Keeper's events have none: it is derived from the event's
 * content and the same whenever and however the event is read, so whoever stores documents under
 * their id may be sent one twice. Twins, events of wholly equal content, are numbered.
 */
export class Documents {
	private readonly format: OutputFormat;
	private readonly receivedAt: number;
	private readonly emitted: SeenEvents[];
	private readonly numbers = new Map<string, number>();

	/**
	 * @param receivedAt milliseconds since 1970; stands in for the time of an event that has none
	 * @param state what was emitted before, where numbers are to go on from there
	 */
	constructor(format: OutputFormat, receivedAt: number, state?: CursorState) {
		this.format = format;
		this.receivedAt = receivedAt;
		this.emitted = state ? [new SeenEvents(state.seen), new SeenEvents(state.undated)] : [];
	}

	of(event: AuditEvent): IDataObject {
		if (this.format === 'raw') return event as IDataObject;
		const id = this.idOf(event);
		const isEcs = this.format === 'ecs';
		const document = isEcs ? toEcs(event, this.receivedAt) : toOcsf(event, this.receivedAt);
		if (isEcs) (document.event as IDataObject).id ??= id;
		else (document.metadata as IDataObject).uid ??= id;
		return document as IDataObject;
	}

	private idOf(event: AuditEvent): string {
		const key = eventKey(event);
		const before = Math.max(0, ...this.emitted.map((seen) => seen.count(key)));
		const number = (this.numbers.get(key) ?? before) + 1;
		this.numbers.set(key, number);
		return number === 1 ? key : `${key}-${number}`;
	}
}
