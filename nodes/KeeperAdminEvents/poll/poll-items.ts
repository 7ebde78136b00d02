import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { AuditEvent } from '../event/audit-event';
import type { CursorState } from '../cursor/cursor-state';
import { Documents } from '../formats/documents';
import { LinesFile } from '../formats/lines-file';
import type { PollSettings } from './poll-settings';

/**
 * What n8n gets for the events of a poll; null, which starts no execution, where there are none.
 *
 * @param state what was emitted before
 */
export async function pollItems(
	context: IPollFunctions,
	events: AuditEvent[],
	{ format, output }: PollSettings,
	state?: CursorState,
): Promise<INodeExecutionData[][] | null> {
	if (events.length === 0) return null;
	const documents = new Documents(format, Date.now(), state);
	if (output.as === 'file') {
		const lines = new LinesFile(format);
		for (const event of events) lines.add(documents.of(event));
		return [[await lines.output(context.helpers.prepareBinaryData, output.file)]];
	}
	const all: IDataObject[] = events.map((event) => documents.of(event));
	if (output.as === 'poll') return [[{ json: { count: all.length, events: all } }]];
	return [all.map((json) => ({ json }))];
}
