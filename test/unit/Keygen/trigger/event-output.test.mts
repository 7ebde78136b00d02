import fc from 'fast-check';

import { outputOf, readEvent } from '../../../../nodes/Keygen/trigger/event-output';
import { present } from '../../../present.mts';

const license = {
	id: 'l-1',
	type: 'licenses',
	attributes: { name: 'Ada', metadata: { team: 'x' } },
	relationships: {
		policy: { data: { type: 'policies', id: 'p-1' } },
		owner: { data: null },
		machines: { meta: { count: 2 } },
	},
};

function bodyOf(payload: unknown, change: Record<string, unknown> = {}): Buffer {
	const attributes = {
		event: 'license.created',
		created: '2026-06-22T13:49:08.000Z',
		payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
	};
	const meta = { idempotencyToken: 'token' };
	return Buffer.from(
		JSON.stringify({ data: { id: 'e-1', type: 'webhook-events', attributes, meta, ...change } }),
	);
}

const output = (payload: unknown, simplify = true) =>
	outputOf(present(readEvent(bodyOf(payload))), simplify);

describe('what goes out for an event', () => {
	const head = {
		event: 'license.created',
		createdAt: '2026-06-22T13:49:08.000Z',
		id: 'e-1',
		idempotencyToken: 'token',
	};
	const flat = {
		id: 'l-1',
		type: 'licenses',
		name: 'Ada',
		metadata: { team: 'x' },
		policyId: 'p-1',
		ownerId: null,
		machinesCount: 2,
	};

	it('is its head and a flat record', () => {
		expect(output({ data: license })).toEqual({ ...head, data: flat });
	});

	it('is a list of records where the event is about several', () => {
		expect(output({ data: [license, license] })).toEqual({ ...head, data: [flat, flat] });
	});

	it('has meta where the event has', () => {
		expect(output({ data: license, meta: { valid: false } })).toEqual({
			...head,
			data: flat,
			meta: { valid: false },
		});
	});

	it('has what came along by ID', () => {
		const policy = { id: 'p-1', type: 'policies', attributes: { name: 'Basic' } };
		expect(output({ data: license, included: [policy] })).toMatchObject({
			included: { 'p-1': { id: 'p-1', type: 'policies', name: 'Basic' } },
		});
	});

	it('is raw where that is chosen', () => {
		const payload = { data: license, meta: { valid: true }, included: [license] };
		expect(output(payload, false)).toEqual({ ...head, ...payload });
	});

	it('says that there is no record where there is none', () => {
		expect(output({})).toEqual({ ...head, data: null });
	});
});

describe('the body of a delivery', () => {
	it('has the ID of the event in place of a token that is missing', () => {
		expect(readEvent(bodyOf({ data: license }, { meta: {} }))?.idempotencyToken).toBe('e-1');
	});

	it.each([
		['of another type', bodyOf({}, { type: 'licenses' })],
		['without an event', bodyOf({}, { attributes: { payload: '{}' } })],
		['with a payload that is no JSON', bodyOf('{')],
		['with a payload that is a list', bodyOf([])],
		['that is empty', Buffer.alloc(0)],
		['that nests without end', Buffer.from('['.repeat(100_000))],
	])('is none %s', (_, body) => expect(readEvent(body)).toBeUndefined());

	it('may be anything without harm', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.uint8Array(),
					fc.json().map((text) => Buffer.from(text)),
				),
				(bytes) => {
					const event = readEvent(bytes);
					if (event) outputOf(event, true);
				},
			),
			{ numRuns: 2000 },
		);
	});
});
