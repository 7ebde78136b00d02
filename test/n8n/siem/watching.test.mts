// The templates that watch audit events and report: alerts by rules, the heartbeat, and the weekly
// joiners and leavers, as a user has them, with a real mail server.
import { startMailbox, type Mailbox } from '../../../sandbox/mailbox/server.mts';
import type { StoredCredentials } from '../../../sandbox/n8n/templates/workflow-template.mts';
import { TOKEN, type Event } from '../keeper-events-scene.mts';
import { startScene, type SiemScene } from './scene.mts';

jest.setTimeout(240_000);

let scene: SiemScene;
let mailbox: Mailbox;
let credentials: StoredCredentials;

beforeAll(async () => {
	scene = await startScene();
	mailbox = await startMailbox();
	credentials = {
		smtp: await scene.credential('smtp', {
			user: '',
			password: '',
			host: '127.0.0.1',
			port: mailbox.smtpPort,
			secure: false,
			disableStartTls: true,
			hostName: '',
		}),
	};
});
afterAll(async () => {
	await scene?.close();
	await mailbox?.close();
});
beforeEach(() => mailbox.clear());

/** Lets something happen so many minutes ago. */
function happen(audit_event: string, username: string, minutesAgo = 0, more: Event = {}): void {
	const timestamp = new Date(Date.now() - minutesAgo * 60_000).toISOString();
	scene.keeper.service.append({
		event: { audit_event, username, timestamp, enterprise_id: 1, ...more },
	});
}

const subjects = () => mailbox.mails().map(({ subject }) => subject);
const run = async (workflowId: string, trigger: string) =>
	await scene.n8n.rest.runWorkflow(workflowId, { trigger, timeoutMs: 90_000 });

describe('alerts', () => {
	let workflowId: string;
	beforeAll(async () => {
		workflowId = await scene.workflow({
			template: 'alerts',
			settings: { companyDomains: 'northfield.example', mailTo: 'soc@northfield.example' },
			credentials,
		});
		await scene.n8n.rest.publish(workflowId);
	});
	afterAll(async () => await scene.n8n.rest.unpublish(workflowId));

	/** Waits until an event that alerts, the last of all, has done so. */
	const untilSeen = async (name: string) => {
		// Only what happens after the workflow runs is new.
		await scene.until(`the alert about ${name}`, () => {
			return subjects().some((subject) => subject.includes(name));
		});
	};

	it('come once for each rule, and for nothing else', async () => {
		// The first poll only marks the time.
		await scene.until('the first poll', () => scene.keeper.service.requests > 0);
		const many = (count: number, code: string, name: string) => {
			for (let n = 0; n < count; n++) happen(code, name, 0, { record_uid: `${name}-${n}` });
		};
		happen('vault_transferred', 'admin1@x.example', 0, { email: 'gone@x.example' });
		happen('set_two_factor_off', 'factor@x.example');
		happen('exported_records', 'export@x.example');
		many(25, 'record_delete', 'delete@x.example');
		many(6, 'login_failure', 'guess@x.example');
		happen('login', 'guess@x.example');
		happen('record_share_outside_user', 'sharer@x.example');
		happen('share', 'giver@x.example', 0, { to_username: 'eve@elsewhere.example' });
		happen('admin_permission_added', 'boss@x.example');
		// What must not alert.
		happen('set_two_factor_on', 'quiet1@x.example');
		many(15, 'record_delete', 'quiet2@x.example');
		many(6, 'login_failure', 'quiet3@x.example');
		many(4, 'login_failure', 'quiet4@x.example');
		happen('login', 'quiet4@x.example');
		happen('share', 'quiet5@x.example', 0, { to_username: 'bob@northfield.example' });
		happen('open_record', 'quiet6@x.example');
		happen('admin_permission_removed', 'quiet7@x.example');
		await untilSeen('boss@x.example');
		happen('create_public_api_token_in_days', 'token@x.example');
		await untilSeen('token@x.example');
		expect(subjects().sort()).toEqual(
			[
				'Keeper: API token created (token@x.example)',
				'Keeper: Admin rights granted (boss@x.example)',
				'Keeper: Login after many failures (guess@x.example)',
				'Keeper: Many records or folders deleted (delete@x.example)',
				'Keeper: Records exported (export@x.example)',
				'Keeper: Shared outside the company (sharer@x.example)',
				'Keeper: Shared with an address outside the company (giver@x.example)',
				'Keeper: Two-factor authentication turned off (factor@x.example)',
				'Keeper: Vault transferred (admin1@x.example)',
			].sort(),
		);
		expect(mailbox.mails().every(({ to }) => to === 'soc@northfield.example')).toBe(true);
		const vault = mailbox.mails().find(({ subject }) => subject.includes('Vault'));
		expect(vault?.text).toContain('gone@x.example');
		expect(await scene.failures(workflowId)).toEqual([]);
	});

	it('that could not be mailed go out with the next run, once', async () => {
		mailbox.setFaults([{ kind: 'refuse', times: 3 }]);
		happen('exported_records', 'unmailed@x.example');
		await scene.until('a failed run', async () => (await scene.failures(workflowId)).length > 0);
		mailbox.setFaults([]);
		expect(subjects()).toEqual([]);
		happen('open_record', 'quiet8@x.example');
		await untilSeen('unmailed@x.example');
		happen('exported_records', 'last@x.example');
		await untilSeen('last@x.example');
		expect(subjects()).toEqual([
			'Keeper: Records exported (unmailed@x.example)',
			'Keeper: Records exported (last@x.example)',
		]);
	});
});

describe('the heartbeat', () => {
	const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
	const SETTINGS = {
		quietHours: 12,
		behindMinutes: 30,
		tokenEnds: day(300),
		mailTo: 'soc@northfield.example',
	};
	let withApiKey: StoredCredentials;

	beforeAll(async () => {
		const { rawApiKey } = await scene.n8n.rest.request<{ rawApiKey: string }>(
			'POST',
			'/rest/api-keys',
			{ label: 'Heartbeat', scopes: ['execution:list'], expiresAt: null },
		);
		withApiKey = {
			...credentials,
			httpHeaderAuth: await scene.credential('httpHeaderAuth', {
				name: 'X-N8N-API-KEY',
				value: rawApiKey,
			}),
		};
	});
	const heartbeat = async (settings: Record<string, string | number>) =>
		await scene.workflow({
			template: 'heartbeat',
			settings: { ...SETTINGS, n8nUrl: scene.n8n.url, ...settings },
			credentials: withApiKey,
		});
	const beat = async (workflowId: string) => {
		const { error } = await run(workflowId, 'Every Hour');
		expect(error).toBeUndefined();
		return subjects();
	};

	it('is silent when all is well', async () => {
		happen('open_record', 'alive@x.example');
		expect(await beat(await heartbeat({}))).toEqual([]);
	});

	it('warns once a day when Keeper has no event', async () => {
		// A fraction of a second, in hours.
		const workflowId = await heartbeat({ quietHours: 0.00001 });
		const warning = ['Keeper audit events: none for 0.00001 hours'];
		expect(await beat(workflowId)).toEqual(warning);
		expect(await beat(workflowId)).toEqual(warning);
	});

	it('warns when the token ends soon, and when it has ended', async () => {
		await beat(await heartbeat({ tokenEnds: day(10) }));
		expect(subjects()[0]).toMatch(/^Keeper audit events: the token ends in (9|10) days$/);
		mailbox.clear();
		expect(await beat(await heartbeat({ tokenEnds: day(-1) }))).toEqual([
			'Keeper audit events: the token has ended',
		]);
	});

	it('warns when events cannot be read', async () => {
		const workflowId = await heartbeat({});
		scene.keeper.service.tokens.clear();
		try {
			expect(await beat(workflowId)).toEqual(['Keeper audit events: they cannot be read']);
		} finally {
			scene.keeper.service.tokens.add(TOKEN);
		}
		expect(mailbox.mails()[0]?.text).not.toContain('must-not-be-found');
	});

	it('warns when what ships events has not run since an event, and not when it has', async () => {
		const shipping = await scene.workflow({ template: 'joiners-and-leavers', credentials });
		const never = await heartbeat({ shippingWorkflowId: shipping });
		happen('open_record', 'late@x.example', 60);
		expect(await beat(never)).toEqual(['Keeper audit events: shipping is behind']);
		await run(shipping, 'Every Monday');
		mailbox.clear();
		expect(await beat(await heartbeat({ shippingWorkflowId: shipping }))).toEqual([]);
	});
});

it('joiners and leavers come as a mail with a table, and markup in names stays text', async () => {
	const workflowId = await scene.workflow({
		template: 'joiners-and-leavers',
		settings: { mailTo: 'it@northfield.example' },
		credentials,
	});
	const admin = 'admin@x.example';
	const twoDays = 2 * 24 * 60;
	happen('send_invitation', admin, twoDays, { to_username: 'new@x.example' });
	happen('accept_invitation', 'new@x.example', twoDays - 5);
	happen('lock_user', admin, twoDays, { to_username: '<b>left</b>@x.example' });
	happen('vault_transferred', admin, twoDays - 2, {
		email: 'left@x.example',
		to_username: 'heir@x.example',
	});
	happen('delete_user', admin, 40 * 24 * 60, { to_username: 'longago@x.example' });
	happen('open_record', 'reader@x.example', twoDays);
	const { error } = await run(workflowId, 'Every Monday');
	expect(error).toBeUndefined();
	const [mail] = mailbox.mails();
	expect(mailbox.mails()).toHaveLength(1);
	expect(mail?.subject).toMatch(/^Keeper, .*: 1 joined, 2 left or locked$/);
	expect(mail?.to).toBe('it@northfield.example');
	const rows = [...(mail?.html ?? '').matchAll(/<tr>(.*?)<\/tr>/gs)]
		.map(([, row]) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell).slice(1))
		.filter(({ length }) => length > 0);
	expect(rows).toEqual([
		['new@x.example', 'accept invitation', ''],
		['&#60;b&#62;left&#60;/b&#62;@x.example', 'lock user', admin],
		['left@x.example', 'vault transferred to heir@x.example', admin],
		['new@x.example', 'send invitation', admin],
	]);
	expect(mail?.text).toContain('heir@x.example');
	expect(mail?.html).not.toMatch(/longago|reader/);
});

it('a week without joiners and leavers is reported as such', async () => {
	const workflowId = await scene.workflow({
		template: 'joiners-and-leavers',
		credentials,
		change: ({ nodes }) => {
			const reading = nodes.find(({ name }) => name === 'Joiners and Leavers');
			if (reading) reading.parameters.start = '={{ $now.minus({ seconds: 1 }).toISO() }}';
			if (reading) reading.parameters.end = '';
		},
	});
	const { error } = await run(workflowId, 'Every Monday');
	expect(error).toBeUndefined();
	const [mail] = mailbox.mails();
	expect(mail?.subject).toContain('0 joined, 0 left or locked');
	expect(mail?.html).toContain('Nobody.');
});
