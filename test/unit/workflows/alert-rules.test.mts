// The rules of the template that mails alerts, and the code that applies them, without n8n.
import { nodeOf, workflowTemplate } from '../../../sandbox/n8n/templates/workflow-template.mts';
import { Documents } from '../../../nodes/KeeperAdminEvents/formats/documents';
import type { AuditEvent } from '../../../nodes/KeeperAdminEvents/event/audit-event';

type Json = Record<string, unknown>;

const START = Date.UTC(2026, 5, 1, 12);
const template = workflowTemplate('keeper-events/alerts');
const code = String(nodeOf(template, 'Find Alerts').parameters.jsCode);
const rules = JSON.parse(String(nodeOf(template, 'Rules').parameters.jsonOutput)) as Json;

/** An event so many minutes after the start. */
const at = (minutes: number, audit_event: string, more: Json = {}): AuditEvent => ({
	audit_event,
	username: 'ada@northfield.example',
	timestamp: new Date(START + minutes * 60_000).toISOString(),
	record_uid: `uid-${minutes}`,
	...more,
});
const several = (count: number, code: string, gap = 0.1, start = 0): AuditEvent[] =>
	Array.from({ length: count }, (_, n) => at(start + n * gap, code));

/** Which rules alert, and the messages; by default all events are new. */
function alerts(
	events: AuditEvent[],
	{ fresh = events, domains = 'northfield.example, Labs.Example', table = rules } = {},
): Array<{ rule: string; who: string; alert_id: string; count: number }> {
	const documents = (list: AuditEvent[]) => {
		const converted = new Documents('ecs', START);
		return list.map((event) => ({ json: converted.of(event) }));
	};
	const items = (list: Array<{ json: Json }>) => ({ first: () => list[0], all: () => list });
	const nodes: Record<string, ReturnType<typeof items>> = {
		Rules: items([{ json: table }]),
		Settings: items([{ json: { companyDomains: domains } }]),
		'New Events': items(documents(fresh)),
	};
	const find = new Function('$', '$input', code) as (
		node: (name: string) => unknown,
		input: unknown,
	) => Array<{ json: { rule: string; who: string; alert_id: string; count: number } }>;
	return find((name) => nodes[name], items(documents(events))).map(({ json }) => json);
}

const rulesOf = (events: AuditEvent[], options = {}) =>
	alerts(events, options).map(({ rule }) => rule);

const MUST: Array<[string, AuditEvent[], string]> = [
	[
		'a vault that is transferred',
		[at(0, 'vault_transferred', { email: 'bob@northfield.example' })],
		'vault_transferred',
	],
	['a second factor turned off', [at(0, 'set_two_factor_off')], 'two_factor_off'],
	['one turned off by an admin', [at(0, 'enterprise_2fa_disabled_by_admin')], 'two_factor_off'],
	['an export', [at(0, 'exported_records')], 'export'],
	['twenty deletions in two minutes', several(20, 'record_delete'), 'mass_delete'],
	['twenty deletions of folders', several(20, 'deleted_folder'), 'mass_delete'],
	['an emptied trash', [at(0, 'empty_trash')], 'trash_emptied'],
	[
		'five failed logins and one that succeeds',
		[...several(5, 'login_failure'), at(1, 'login')],
		'login_after_failures',
	],
	[
		'the same in the console',
		[...several(5, 'login_failed_console'), at(1, 'login_console')],
		'login_after_failures',
	],
	[
		'the same with names in other letters',
		[...several(5, 'login_failure'), at(1, 'login', { username: 'ADA@northfield.example' })],
		'login_after_failures',
	],
	['a share outside by its code', [at(0, 'record_share_outside_user')], 'outside_share'],
	['a one-time share', [at(0, 'ext_share_added', { app_uid: 'r' })], 'outside_share'],
	[
		'a share with a foreign address',
		[at(0, 'share', { to_username: 'eve@elsewhere.example' })],
		'outside_address',
	],
	[
		'a share with an address that only looks like home',
		[at(0, 'share', { to_username: 'eve@northfield.example.evil.example' })],
		'outside_address',
	],
	[
		'one that only ends like home',
		[at(0, 'folder_add_user', { to_username: 'eve@notnorthfield.example' })],
		'outside_address',
	],
	['admin rights', [at(0, 'admin_permission_added')], 'admin_rights'],
	['a role that manages a node', [at(0, 'role_managed_node_added')], 'admin_rights'],
	['a new token', [at(0, 'create_public_api_token_in_days')], 'token'],
	['a code in capitals', [at(0, 'EXPORTED_RECORDS')], 'export'],
];

describe('an alert', () => {
	it.each(MUST)('comes once for %s', (_, events, rule) => {
		expect(rulesOf(events)).toEqual([rule]);
	});

	it.each<[string, AuditEvent[]]>([
		['a vault transfer that is accepted in advance', [at(0, 'accept_transfer')]],
		['a second factor turned on', [at(0, 'set_two_factor_on'), at(1, 'add_security_key')]],
		['records that are opened, added or imported', several(50, 'open_record')],
		['an import', [at(0, 'imported_records')]],
		['nineteen deletions', several(19, 'record_delete')],
		['twenty deletions over a day', several(20, 'record_delete', 60)],
		[
			'twenty deletions by twenty people',
			several(20, 'record_delete').map((event, n) => ({ ...event, username: `u${n}@x.example` })),
		],
		['failed logins without a success', several(30, 'login_failure')],
		['a login after four failures', [...several(4, 'login_failure'), at(1, 'login')]],
		['a login long after', [...several(5, 'login_failure'), at(60, 'login')]],
		['a login before the failures', [at(-1, 'login'), ...several(5, 'login_failure')]],
		[
			"somebody else's login",
			[...several(5, 'login_failure'), at(1, 'login', { username: 'bob@northfield.example' })],
		],
		[
			'failures with a success between them',
			[
				...several(3, 'login_failure'),
				at(1, 'login'),
				...several(3, 'login_failure', 0.1, 2),
				at(3, 'login'),
			],
		],
		['a share at home', [at(0, 'share', { to_username: 'bob@northfield.example' })]],
		['a share with the other domain', [at(0, 'share', { to_username: 'bob@LABS.example' })]],
		['a share with nobody named', [at(0, 'share')]],
		['a share that is taken back', [at(0, 'remove_share', { to_username: 'e@else.example' })]],
		['a role without admin rights', [at(0, 'added_to_role'), at(1, 'role_created')]],
		['admin rights taken away', [at(0, 'admin_permission_removed')]],
		['a token revoked', [at(0, 'revoke_public_api_token')]],
		['a code that nobody knows', [at(0, 'vault_transferred_not')]],
	])('does not come for %s', (_, events) => {
		expect(rulesOf(events)).toEqual([]);
	});

	it('comes for a burst of which the first half was there in an earlier run', () => {
		const events = several(20, 'record_delete');
		expect(rulesOf(events, { fresh: events.slice(15) })).toEqual(['mass_delete']);
	});

	it('does not come again for a burst that goes on, and comes for the next one', () => {
		const first = several(30, 'record_delete');
		const [{ alert_id }] = alerts(first.slice(0, 20));
		expect(alerts(first).map(({ alert_id: id }) => id)).toEqual([alert_id]);
		expect(rulesOf(first, { fresh: first.slice(20) })).toEqual([]);
		const next = several(20, 'record_delete', 0.1, 60);
		expect(rulesOf([...first, ...next], { fresh: next })).toEqual(['mass_delete']);
	});

	it('says how many there were', () => {
		const [{ count }] = alerts([...several(7, 'login_failure'), at(1, 'login')]);
		expect(count).toBe(7);
	});

	it('does not judge addresses where no domain is set', () => {
		const share = at(0, 'share', { to_username: 'eve@elsewhere.example' });
		expect(rulesOf([share], { domains: '' })).toEqual([]);
	});

	it('comes by a rule of your own', () => {
		const table = { rules: [{ rule: 'mine', title: 'x', severity: 'low', events: 'open_record' }] };
		expect(rulesOf([at(0, 'open_record')], { table })).toEqual(['mine']);
	});

	it('has a rule with events, or says which rule has none', () => {
		const table = { rules: [{ rule: 'mine', events: '' }] };
		expect(() => alerts([at(0, 'login')], { table })).toThrow("The rule 'mine' names no events");
	});
});
