// The renewal calendar reads the ledger of the nightly enrollment, in a real n8n.
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { copyOf, workflowTemplate } from '../../sandbox/n8n/templates/workflow-template.mts';
import { generateStudents, toCsv } from '../../sandbox/students/generate.mts';
import { present } from '../present.mts';
import { EnrollmentScene, REPORT_TO } from './enrollment-scene.mts';

jest.setTimeout(300_000);

let n8n: StartedN8n;
let scene: EnrollmentScene;

beforeAll(async () => {
	n8n = await startN8n({ tarballs: packageTarballs() });
});
afterAll(async () => {
	await scene?.close();
	await n8n?.discard();
});

const daysAgo = (days: number) =>
	new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

it('lists what ends soon, who left the list, and what a month costs by plan', async () => {
	const students = generateStudents(4, 73);
	const [soon, gone, back, expired] = students.map(({ email }) => email);
	scene = await EnrollmentScene.open(n8n, toCsv(students));
	await scene.run();
	for (const row of await scene.ledger()) expect(row.made_on).toBe(daysAgo(0));

	// Two leave; one of them comes back.
	scene.setStudents(toCsv(students.filter(({ email }) => email === soon || email === expired)));
	await scene.run();
	scene.setStudents(toCsv(students.filter(({ email }) => email !== gone)));
	await scene.run();
	expect(scene.keeper.stats().requests).toBe(4);
	const left = (await scene.ledger()).filter(({ left_on }) => left_on);
	expect(left.map(({ email, left_on }) => [email, left_on])).toEqual([[gone, daysAgo(0)]]);

	await scene.setRow(soon, { made_on: daysAgo(330) });
	await scene.setRow(expired, { made_on: daysAgo(400) });
	await scene.setRow(back, { plan: 'family' });
	const template = workflowTemplate(
		'license-renewals',
		{ studentPricePerMonth: 1.25, familyPricePerMonth: 3, reportTo: REPORT_TO },
		{ smtp: { id: scene.smtpCredentialId, name: 'smtp' } },
	);
	const { id } = await n8n.rest.createWorkflow(copyOf(template));
	const execution = await n8n.rest.runWorkflow(id, { trigger: 'Run by Hand' });
	expect(execution.error).toBeUndefined();
	const { subject, html = '' } = present(scene.reports().at(-1));
	expect(subject).toBe('Keeper licenses: 1 end within 60 days, 1 left the list');
	expect(html).toContain('5.50 USD');
	expect(html).toContain('2.50 USD');
	expect(html.split('Ending within')[1].split('Left the list, license')[0]).toContain(soon);
	expect(html.split('license still running')[1]).toContain(gone);
	expect(html).not.toContain(expired);
	expect(scene.keeper.stats().requests).toBe(4);
});
