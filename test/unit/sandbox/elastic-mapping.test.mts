// The stand-in for Elasticsearch's mappings, and what the nodes send under the index template of docs/.
import fc from 'fast-check';

import { Company } from '../../../sandbox/keeper-events/company.mts';
import { EVENT_CODES } from '../../../sandbox/keeper-events/event-codes.mts';
import { ElasticMapping } from '../../../sandbox/siem-sinks/elastic-mapping.mts';
import { keeperStreamMapping } from '../../../sandbox/siem-sinks/keeper-stream.mts';
import { toEcs } from '../../../nodes/KeeperAdminEvents/formats/ecs/ecs';
import type { AuditEvent } from '../../../nodes/KeeperAdminEvents/event/audit-event';
import { generatedEvent } from '../KeeperAdminEvents/formats/generated-events.mts';

const NOW = Date.UTC(2026, 5, 1);
const document = (event: object) => toEcs(event as AuditEvent, NOW);

describe('the data stream of the docs', () => {
	it('takes every known event, fifty unknown ones, and what realistic companies do', () => {
		const mapping = keeperStreamMapping();
		const codes = EVENT_CODES.flatMap(({ codes }) => codes.trim().split(/\s+/));
		for (let n = 0; n < 50; n++) codes.push(`unheard_of_${n}`);
		const events = [
			...codes.map((audit_event) => ({ audit_event, username: 'ada@northfield.example' })),
			...new Company({}).between(NOW - 86_400_000, NOW, 2000).map(({ event }) => event),
		];
		expect(events.flatMap((event) => mapping.refusal(document(event)) ?? [])).toEqual([]);
	});

	it('takes events with any value in any field, one after the other', () => {
		const mapping = keeperStreamMapping();
		const value = fc.oneof(
			fc.jsonValue({ maxDepth: 3 }),
			fc.string(),
			fc.integer(),
			fc.constant('x'.repeat(40_000)),
		);
		const fields = fc.constantFrom(
			...'audit_event username email value remote_address timestamp enterprise_id node role_id'.split(
				' ',
			),
			...'record_uid device_name channel client_version result_code category new_field'.split(' '),
		);
		fc.assert(
			fc.property(fc.dictionary(fields, value), generatedEvent, (odd, { event }) => {
				expect(mapping.refusal(document({ ...event, ...odd }))).toBeUndefined();
			}),
			{ numRuns: 500, seed: 5 },
		);
	});
});

describe('a data stream without the index template', () => {
	it('refuses a field that was a number and is a text', () => {
		const mapping = new ElasticMapping();
		expect(mapping.refusal(document({ audit_event: 'a', count: 5 }))).toBeUndefined();
		expect(mapping.refusal(document({ audit_event: 'a', count: 'five' }))).toContain(
			'[keeper.audit.count] of type [long]',
		);
	});

	it.each<[string, object, string]>([
		['an address that is none', { source: { ip: 'localhost' } }, '[source.ip] of type [ip]'],
		['a time that is none', { event: { ingested: 'soon' } }, '[event.ingested] of type [date]'],
		['an object for a text', { message: { de: 'ja' } }, '[message] of type [match_only_text]'],
		['a text for an object', { organization: { id: { no: 1 } } }, '[organization.id]'],
	])('refuses %s', (_, fields, reason) => {
		const given = { '@timestamp': '2026-06-01T00:00:00.000Z', ...fields };
		expect(new ElasticMapping().refusal(given)).toContain(reason);
	});

	it('refuses a document without a time', () => {
		expect(new ElasticMapping().refusal({ message: 'x' })).toContain('@timestamp');
	});
});
