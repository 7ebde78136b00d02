// The same enrollment from other sources than a file: each is imported and run as it is published.
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { packageTarballs, installedN8n } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { copyOf, nodeOf } from '../../sandbox/n8n/templates/workflow-template.mts';
import { generateStudents, toCsv } from '../../sandbox/students/generate.mts';
import { present } from '../present.mts';
import { until } from '../until.mts';
import { EnrollmentScene } from './enrollment-scene.mts';

jest.setTimeout(600_000);

const students = generateStudents(5, 71);
const emails = students.map(({ email }) => email).sort();

let n8n: StartedN8n;
let scene: EnrollmentScene;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => await n8n?.discard());
beforeEach(async () => {
	scene = await EnrollmentScene.open(n8n, '');
	await n8n.rest.publish(scene.workflowId);
});
afterEach(async () => {
	await n8n.rest.unpublish(scene.workflowId);
	await scene.close();
});

const bought = () =>
	scene.keeper
		.ledger()
		.map(({ email }) => email)
		.sort();

describe('an HTTP API', () => {
	let api: Server;
	let failing = false;

	beforeAll(async () => {
		api = createServer((request, response) => {
			const page = Number(new URL(request.url ?? '', 'http://api').searchParams.get('page'));
			if (request.headers.authorization !== 'Bearer sis') response.writeHead(401);
			else if (failing && page === 2) response.writeHead(500);
			else response.setHeader('content-type', 'application/json');
			const records = students.slice((page - 1) * 2, page * 2).map((student) => ({
				id: student.student_id,
				givenName: student.first_name,
				familyName: student.last_name,
				email: student.email,
				status: student.status,
			}));
			response.end(JSON.stringify({ students: records }));
		});
		await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => api.close());

	const source = async () => {
		const credential = await n8n.rest.createCredential('httpHeaderAuth', {
			name: 'Authorization',
			value: 'Bearer sis',
		});
		const template = scene.sourceTemplate('http-api', { httpHeaderAuth: credential });
		const request = nodeOf(template, 'Get Students');
		request.waitBetweenTries = 0;
		request.parameters.url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/students`;
		return (await n8n.rest.createWorkflow(copyOf(template))).id;
	};

	it('gives each student a license, once', async () => {
		const id = await source();
		for (let run = 0; run < 2; run += 1) {
			expect((await n8n.rest.runWorkflow(id, { trigger: 'Run by Hand' })).error).toBeUndefined();
		}
		expect(bought()).toEqual(emails);
		expect(scene.activationMails()).toHaveLength(5);
	});

	it('of which a page cannot be read buys for nobody', async () => {
		failing = true;
		const execution = await n8n.rest.runWorkflow(await source(), { trigger: 'Run by Hand' });
		expect(execution.status).toBe('error');
		expect(scene.keeper.stats().requests).toBe(0);
	});
});

describe('an upload', () => {
	const upload = async (name: string, content: Uint8Array) => {
		const credential = await n8n.rest.createCredential('httpBasicAuth', {
			user: 'registrar',
			password: 'sesame',
		});
		const template = scene.sourceTemplate('upload', { httpBasicAuth: credential });
		const { id } = await n8n.rest.createWorkflow(copyOf(template));
		await n8n.rest.publish(id);
		const form = `${n8n.url}/form/${present(nodeOf(template, 'Upload').webhookId)}`;
		const authorization = `Basic ${Buffer.from('registrar:sesame').toString('base64')}`;
		expect((await fetch(form)).status).toBe(401);
		const body = new FormData();
		body.append('field-0', new File([Buffer.from(content)], name));
		const answer = await fetch(form, { method: 'POST', body, headers: { authorization } });
		expect(answer.status).toBe(200);
		let status = '';
		await until(async () => {
			const [execution] = await n8n.rest.executions({ workflowId: id });
			status = execution?.status ?? '';
			return ['success', 'error'].includes(status);
		});
		await n8n.rest.unpublish(id);
		return status;
	};

	it('of an Excel workbook gives each student a license', async () => {
		const load = createRequire(installedN8n('v2').n8nBin);
		const { utils, write } = load('@e965/xlsx') as SheetJs;
		const book = utils.book_new();
		utils.book_append_sheet(book, utils.json_to_sheet(students), 'Students');
		const status = await upload('students.xlsx', write(book, { type: 'buffer', bookType: 'xlsx' }));
		expect(status).toBe('success');
		expect(bought()).toEqual(emails);
	});

	it('of a CSV file gives each student a license', async () => {
		expect(await upload('students.csv', Buffer.from(toCsv(students)))).toBe('success');
		expect(bought()).toEqual(emails);
	});

	it('of something else ends as failed, and IT is told', async () => {
		expect(await upload('notes.csv', Buffer.from('Name,Phone\nAnn,1234\n'))).toBe('error');
		expect(present(scene.reports().at(-1)).html).toContain(
			'The list lacks the columns: student_id',
		);
		expect(scene.keeper.stats().requests).toBe(0);
	});
});

/** The part of SheetJS, which n8n reads workbooks with, that makes one. */
interface SheetJs {
	utils: {
		book_new(): object;
		json_to_sheet(rows: object[]): object;
		book_append_sheet(book: object, sheet: object, name: string): void;
	};
	write(book: object, options: { type: 'buffer'; bookType: 'xlsx' }): Buffer;
}
