// Who may be bought for is decided by the ledger and by a person: the first night, a ledger that is
// lost or has lost rows, and words that people type into it.
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { LEDGER_TABLE } from '../../sandbox/n8n/templates/enrollment-template.mts';
import { generateStudents, toCsv } from '../../sandbox/students/generate.mts';
import { present } from '../present.mts';
import { EnrollmentScene } from './enrollment-scene.mts';

jest.setTimeout(600_000);

let n8n: StartedN8n;
let scene: EnrollmentScene;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => await n8n?.discard());
afterEach(async () => await scene.close());

const students = generateStudents(6, 61);
const emails = students.map(({ email }) => email);
const bought = () => scene.keeper.ledger().map(({ email }) => email);
const lastReport = () => present(scene.reports().at(-1));

describe('the first night', () => {
	it('previews and reports, and buys a few once a person has entered the ID of the ledger', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students), {
			buyIntoLedger: '',
			studentsAtMost: 2,
		});
		const preview = await scene.run();
		expect(preview.error).toBeUndefined();
		expect(scene.keeper.stats().requests).toBe(0);
		expect(scene.activationMails()).toEqual([]);
		expect(await scene.ledger()).toEqual([]);
		expect(lastReport().subject).toContain('preview, 6 would get a license');
		for (const email of emails) expect(lastReport().html).toContain(email);
		const id = present(await scene.ledgerId());
		expect(lastReport().html).toContain(id);

		await scene.setSettings({ buyIntoLedger: id });
		await scene.run();
		expect(bought()).toEqual(emails.slice(0, 2));
		expect(lastReport().html).toContain('4 more students wait for a license');

		await scene.setSettings({ studentsAtMost: 100 });
		await scene.run();
		expect(bought().sort()).toEqual([...emails].sort());
		expect(scene.activationMails()).toHaveLength(6);
	});
});

describe('a ledger that is not what it was', () => {
	it('renamed, it is not made anew: nobody is called until it is back', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		await scene.run();
		const id = present(await scene.ledgerId());
		await n8n.rest.dataTables.rename(id, `${LEDGER_TABLE} 2026`);
		const lost = await scene.run();
		expect(lost.status).toBe('error');
		expect(lost.error?.message).toContain(`names the data table ${id}`);
		expect(lastReport().subject).toContain('the ledger needs a person');
		expect(scene.keeper.stats().requests).toBe(6);

		await n8n.rest.dataTables.remove(present(await scene.ledgerId()));
		await n8n.rest.dataTables.rename(id, LEDGER_TABLE);
		scene.setStudents(toCsv(generateStudents(7, 61)));
		expect((await scene.run()).error).toBeUndefined();
		expect(scene.keeper.stats()).toMatchObject({ requests: 7, duplicates: 0 });
	});

	it('without its rows, it buys nothing until a person has confirmed that', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		await scene.run();
		const id = present(await scene.ledgerId());
		await n8n.rest.dataTables.removeRows(id, { status: 'mailed' });
		const shrunk = await scene.run();
		expect(shrunk.status).toBe('error');
		expect(shrunk.error?.message).toContain('it holds 0 people who were called, and held 6');
		expect(scene.keeper.stats().requests).toBe(6);

		const tables = await n8n.rest.dataTables.list();
		const history = present(tables.find(({ name }) => name === `${LEDGER_TABLE}: history`));
		await n8n.rest.dataTables.removeRows(history.id, { ledger: id });
		await scene.run();
		expect(scene.keeper.stats().requests).toBe(12);
	});

	it('deleted and found again under its name, an empty one buys nothing', async () => {
		scene = await EnrollmentScene.open(n8n, toCsv(students));
		await scene.run();
		await n8n.rest.dataTables.remove(present(await scene.ledgerId()));
		expect((await scene.run()).status).toBe('error');
		expect((await scene.run()).status).toBe('error');
		expect(scene.keeper.stats().requests).toBe(6);
	});
});

it('status words count in any case and with spaces, others are reported, an order number settles', async () => {
	scene = await EnrollmentScene.open(n8n, toCsv(students));
	await scene.run();
	const [mailed, again, waiting, ordered, misspelled] = emails;
	await scene.setStatus(mailed, ' MAILED ');
	await scene.setRow(again, { status: 'Retry ', order_number: '' });
	await scene.setStatus(waiting, 'Provisioned');
	await scene.setStatus(ordered, 'retry');
	await scene.setRow(misspelled, { status: 'maild', order_number: '' });
	await scene.run();
	expect(bought()).toHaveLength(7);
	expect(bought().at(-1)).toBe(again);
	expect(await scene.statuses()).toMatchObject({
		[mailed]: 'mailed',
		[again]: 'mailed',
		[waiting]: 'mailed',
		[ordered]: 'retry',
		[misspelled]: 'maild',
	});
	expect(scene.activationMails().filter(({ to }) => to === waiting)).toHaveLength(2);
	expect(lastReport().html).toContain('The ledger does not know this status');
	expect(lastReport().html).toContain('so there is a license, whatever its status says');
	expect(lastReport().subject).toContain('2 to look at');
});

it('a list with more new students than the ledger warrants buys nothing, and IT is told', async () => {
	scene = await EnrollmentScene.open(n8n, toCsv(generateStudents(52, 67)));
	await scene.run();
	expect(scene.keeper.stats().created).toBe(52);
	scene.setStudents(toCsv(generateStudents(66, 67)));
	const refused = await scene.run();
	expect(refused.status).toBe('error');
	expect(lastReport().subject).toContain('14 new students are too many');
	expect(scene.keeper.stats().requests).toBe(52);

	await scene.setSettings({ percentAtMost: 30 });
	await scene.run();
	expect(scene.keeper.stats().created).toBe(66);
});

it("n8n's Retry of an execution that died buys for nobody twice", async () => {
	const many = generateStudents(40, 79);
	scene = await EnrollmentScene.open(n8n, toCsv(many));
	const settings = { executionOrder: 'v1', saveExecutionProgress: true };
	await n8n.rest.updateWorkflow(scene.workflowId, { settings });
	scene.keeper.setFaults({ latencyMs: 200 });
	const died = await scene.start();
	await scene.keeper.whenReceived(25);
	await scene.powerCut();
	n8n = scene.n8n;
	scene.keeper.setFaults({});
	expect((await n8n.rest.execution(died)).status).toBe('crashed');

	await n8n.rest.request('POST', `/rest/executions/${died}/retry`, { loadWorkflow: false });
	const [retried] = await n8n.rest.executions({ workflowId: scene.workflowId });
	expect(retried.mode).toBe('retry');
	await scene.ended(retried.id);
	await scene.run();
	expect(scene.keeper.stats().duplicates).toBe(0);
	const statuses = Object.values(await scene.statuses());
	expect(statuses).toHaveLength(40);
	expect(statuses.filter((status) => status === 'mailed').length).toBeGreaterThanOrEqual(30);
	expect(new Set(statuses)).toEqual(new Set(['mailed', 'unknown']));
});
