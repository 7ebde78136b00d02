import type { AuditEvent } from '../event/audit-event';

/** Distinct values interned per field; beyond that the field is mostly unique. */
const MAX_TEXTS = 2_000;

/**
 * Lets events share texts that are equal. Most of what an event holds (who, from where, with what,
 * which code) it has in common with others, yet each event that is decoded brings its own copy.
 */
export class SharedTexts {
	private readonly fields = new Map<string, Map<string, string>>();

	/** Replaces the texts of an event by equal ones of events before it. */
	share(event: AuditEvent): void {
		for (const field of Object.keys(event)) {
			const value = event[field];
			if (typeof value !== 'string') continue;
			let texts = this.fields.get(field);
			if (!texts) this.fields.set(field, (texts = new Map()));
			const known = texts.get(value);
			if (known !== undefined) event[field] = known;
			// A field of which every event has another text is not worth remembering.
			else if (texts.size < MAX_TEXTS) texts.set(value, value);
		}
	}
}
