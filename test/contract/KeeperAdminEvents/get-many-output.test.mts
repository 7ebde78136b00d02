import type { IBinaryData } from 'n8n-workflow';

import { getMany, records } from './get-many.mts';
import { happened, lasting, numbered, sandboxForTests, TOKEN, type Event } from './service.mts';
import { ocsfProblems } from '../../unit/KeeperAdminEvents/formats/schemas/ocsf-check.mts';

const sandbox = sandboxForTests({ history: { count: 150, days: 0.9 } });

const read = async (parameters = {}) =>
	records(await getMany({ baseUrl: sandbox().url, parameters }));

/** The documents of the file that a run put out. */
async function readFile(parameters = {}) {
	const result = await getMany({
		baseUrl: sandbox().url,
		parameters: {
			output: 'file',
			binaryPropertyName: 'data',
			fileName: 'events.ndjson',
			...parameters,
		},
	});
	expect(result.error).toBeUndefined();
	const [{ json, binary }] = result.outputs[0];
	const [[name, file]] = Object.entries(binary as Record<string, IBinaryData>);
	const text = Buffer.from(file.data, 'base64').toString('utf8');
	return { items: result.outputs[0].length, json, name, file, text };
}

describe('Event Format', () => {
	it('raw gives the events just as they came', async () => {
		expect(await read({ outputFormat: 'raw' })).toEqual(happened(sandbox()));
	});

	it('ECS gives a document for each event, with the event in it', async () => {
		const documents = await read({ outputFormat: 'ecs' });
		expect(documents.map(({ keeper }) => (keeper as { audit: Event }).audit)).toEqual(
			happened(sandbox()),
		);
		for (const { '@timestamp': time, event, keeper } of documents) {
			const { audit } = keeper as { audit: Event };
			expect(time).toBe(audit.timestamp);
			expect(event).toMatchObject({ action: audit.audit_event, module: 'keeper' });
		}
	});

	it('OCSF gives a valid document for each event, with the event in it', async () => {
		const documents = await read({ outputFormat: 'ocsf' });
		expect(documents.map(({ unmapped }) => unmapped)).toEqual(happened(sandbox()));
		for (const document of documents) expect(ocsfProblems(document)).toEqual([]);
	});

	it.each([
		['ecs', (document: Event) => (document.event as { id: string }).id],
		['ocsf', (document: Event) => (document.metadata as { uid: string }).uid],
	])(
		'%s gives each event an id that is the same whenever it is read',
		async (outputFormat, idOf) => {
			const { service } = sandbox();
			const twin = numbered(1, Date.now() - 3_600_000);
			for (let times = 0; times < 3; times++) service.append({ event: { ...twin } });
			const ids = (await read({ outputFormat })).map(idOf);
			expect(ids.every((id) => typeof id === 'string' && id.length >= 12)).toBe(true);
			// Twins too have one each.
			expect(new Set(ids).size).toBe(153);
			service.pages.rules.order = 'descending';
			const again = await read({ outputFormat, options: { pageSize: 7 } });
			expect(again.map(idOf).sort()).toEqual([...ids].sort());
		},
	);

	it('keeps an id that the event brings', async () => {
		sandbox().service.append({ event: numbered(1, Date.now() - 1000, { id: 'of-keeper' }) });
		const last = (await read({ outputFormat: 'ecs' })).at(-1);
		expect(last).toMatchObject({ event: { id: 'of-keeper' } });
	});
});

describe('one NDJSON file', () => {
	it.each(['raw', 'ecs', 'ocsf'])(
		'holds the same documents as the items do (%s)',
		async (outputFormat) => {
			const { text, items, json, file } = await readFile({ outputFormat });
			expect(items).toBe(1);
			expect(json).toEqual({ count: 150, format: outputFormat, fileName: 'events.ndjson' });
			expect(file).toMatchObject({ fileName: 'events.ndjson', mimeType: 'application/x-ndjson' });
			expect(text.endsWith('\n')).toBe(true);
			const documents = text
				.trimEnd()
				.split('\n')
				.map((line) => JSON.parse(line) as Event);
			expect(documents.map(lasting)).toEqual((await read({ outputFormat })).map(lasting));
		},
	);

	it('has the name and the field that are set', async () => {
		const { name, file } = await readFile({
			binaryPropertyName: 'audit',
			fileName: 'night.ndjson',
		});
		expect([name, file.fileName]).toEqual(['audit', 'night.ndjson']);
	});

	it('is empty where nothing happened', async () => {
		const { text, json } = await readFile({ filters: { users: 'nobody' } });
		expect([text, json.count]).toEqual(['', 0]);
	});

	it('keeps to the limit', async () => {
		expect((await readFile({ returnAll: false, limit: 7 })).json.count).toBe(7);
	});

	it('survives what events may hold', async () => {
		const odd = { note: 'line\nbreak \u2028 "quoted" 😀', nested: { list: [1, null, 'ü'] } };
		sandbox().service.append({ event: numbered(1, Date.now() - 1000, odd) });
		const { text } = await readFile();
		const lines = text.trimEnd().split('\n');
		expect(lines).toHaveLength(151);
		expect(JSON.parse(lines[150])).toMatchObject(odd);
	});
});

it('puts the token nowhere', async () => {
	const { run } = await getMany({ baseUrl: sandbox().url });
	expect(JSON.stringify(run.data)).toContain('audit_event');
	expect(JSON.stringify(run.data)).not.toContain(TOKEN);
});
