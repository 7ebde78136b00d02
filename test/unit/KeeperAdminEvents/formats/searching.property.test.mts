import fc from 'fast-check';
import { FORMATS, type OutputFormat } from '../../../../nodes/KeeperAdminEvents/formats/formats';
import { generatedEvent } from './generated-events.mts';
import { SEARCHES } from './searches.mts';

const RECEIVED = Date.parse('2026-03-02T09:20:00Z');

/** One and the same person acts and is concerned, once by address and once by number. */
const ONE_PERSON_TWICE = {
	event: { audit_event: 'x', username: 'b@b.example', from_username: 1, email: 'b@b.example' },
	people: ['b@b.example', '1'],
	things: [],
	addresses: [],
	devices: [],
};

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
			{ numRuns: 500, examples: [[ONE_PERSON_TWICE]] },
		);
	});
});
