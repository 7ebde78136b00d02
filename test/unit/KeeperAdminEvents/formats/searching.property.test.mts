import fc from 'fast-check';
import { FORMATS, type OutputFormat } from '../../../../nodes/KeeperAdminEvents/formats/formats';
import { generatedEvent } from './generated-events.mts';
import { SEARCHES } from './searches.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');

describe.each(Object.keys(FORMATS) as OutputFormat[])('a document in the format %s', (format) => {
	it('is found by every person, thing, address and device that the event names', () => {
		fc.assert(
			fc.property(generatedEvent, ({ event, people, things, addresses, devices }) => {
				const document = FORMATS[format].convert(event, RECEIVED);
				const found = SEARCHES[format](document);
				const missing = [...people, ...things, ...addresses, ...devices].filter(
					(value) => !found(value),
				);
				expect(missing).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});
});
