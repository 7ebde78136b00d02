// The enrollment from a database: a real PostgreSQL, which npm cannot install, as queue mode's.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { packageTarballs } from '../../sandbox/n8n/installed.mts';
import { startN8n, type StartedN8n } from '../../sandbox/n8n/instance.mts';
import { copyOf } from '../../sandbox/n8n/templates/workflow-template.mts';
import { postgresFolder } from '../../scripts/queue-servers.mjs';
import { EnrollmentScene } from '../n8n/enrollment-scene.mts';
import { present } from '../present.mts';
import { startPostgres, type Server } from './servers.mts';

jest.setTimeout(300_000);

let n8n: StartedN8n;
let scene: EnrollmentScene;
let postgres: Server;

beforeAll(async () => {
	postgres = await startPostgres();
	n8n = await startN8n({ tarballs: packageTarballs() });
	scene = await EnrollmentScene.open(n8n, '');
	await n8n.rest.publish(scene.workflowId);
});
afterAll(async () => {
	await scene?.close();
	await n8n?.discard();
	await postgres?.close();
});

const sql = (statements: string) =>
	execFileSync(
		path.join(present(postgresFolder()), 'psql'),
		['-h', '127.0.0.1', '-p', String(postgres.port), '-U', 'n8n', 'n8n', '-qc', statements],
		{ stdio: ['ignore', 'ignore', 'inherit'] },
	);

const bought = () => scene.keeper.ledger().map(({ email, lastName }) => [email, lastName]);

it('from a table of PostgreSQL, each enrolled student gets a license once, a lost table buys nothing', async () => {
	const at = 'students.northfield.example';
	sql(`
		CREATE TABLE students (student_id bigint, first_name text, last_name text, email text, status text);
		INSERT INTO students VALUES
			(7, 'Zoë', 'van der Berg', 'zoe@${at}', 'enrolled'),
			(8, '小明', NULL, 'ming@${at}', 'enrolled'),
			(9, 'Gone', 'Away', 'gone@${at}', 'withdrawn');
	`);
	const credential = await n8n.rest.createCredential('postgres', {
		host: '127.0.0.1',
		port: postgres.port,
		database: 'n8n',
		user: 'n8n',
		password: 'none',
		ssl: 'disable',
	});
	const template = scene.sourceTemplate('postgresql', { postgres: credential });
	const { id } = await n8n.rest.createWorkflow(copyOf(template));
	const run = async () => await n8n.rest.runWorkflow(id, { trigger: 'Run by Hand' });

	expect((await run()).error).toBeUndefined();
	expect((await run()).error).toBeUndefined();
	expect(bought()).toEqual([
		[`zoe@${at}`, 'van der Berg'],
		[`ming@${at}`, undefined],
	]);

	sql('DELETE FROM students');
	expect((await run()).status).toBe('error');
	expect(present(scene.reports().at(-1)).html).toContain('The list has no rows.');

	sql('DROP TABLE students');
	expect((await run()).status).toBe('error');
	expect(present(scene.reports().at(-1)).html).toContain('The list could not be read');
	expect(scene.keeper.stats().requests).toBe(2);
});
