/**
 * Events in the shapes that those of real tenants have (compare the test events of Datadog's public
 * pipeline for Keeper, and Devo's samples), made anew, each with what is to become of it. The
 * expectations are decided from the field references of ECS 9.4 and OCSF 1.7.0.
 *
 * `ecs` and `ocsf` hold what the documents must contain, lists to the last entry. `lacks` names
 * attributes that must not be there, as they would be false.
 */
export interface TenantEvent {
	what: string;
	event: Record<string, unknown>;
	ecs: Record<string, unknown>;
	ocsf: Record<string, unknown>;
	lacks?: string[];
}

const ENTERPRISE = 310_442;
const ADMIN = 'petra.admin@northfield.example';
const ADDRESS = '203.0.113.40';

const envelope = {
	remote_address: ADDRESS,
	client_version: 'EMConsole.17.3.0',
	enterprise_id: ENTERPRISE,
	timestamp: '2026-03-02T09:15:30.123Z',
	username: ADMIN,
};
const vault = { ...envelope, client_version: 'Web App.17.2.2', username: 'sam@northfield.example' };
const user = (name: string) => ({
	name,
	email_addr: name,
	domain: name.slice(name.indexOf('@') + 1),
});
const person = (name: string) => ({
	name,
	email: name,
	domain: name.slice(name.indexOf('@') + 1),
});
const UNKNOWN = { name: 'Unknown' };
const observable = (type: string, value: string, name?: string) => ({
	type_id: { 'IP Address': 2, 'User Name': 4, 'Resource UID': 10, Other: 99 }[type],
	type,
	value,
	...(name !== undefined && { name }),
});

export const TENANT_EVENTS: TenantEvent[] = [
	{
		what: 'a vault that is taken from somebody',
		event: {
			...envelope,
			audit_event: 'vault_transferred',
			category: 'security',
			from_username: 20_365_479,
			to_username: 'rita@northfield.example',
			email: 'victor@northfield.example',
		},
		ecs: {
			message: `Vault Transferred by ${ADMIN} for victor@northfield.example to rita@northfield.example from ${ADDRESS}`,
			event: { category: ['iam'], type: ['user', 'change'], outcome: 'success', severity: 47 },
			user: {
				...person(ADMIN),
				target: { ...person('victor@northfield.example'), id: '20365479' },
			},
			related: {
				user: [ADMIN, 'victor@northfield.example', '20365479', 'rita@northfield.example'],
				ip: [ADDRESS],
			},
			tags: ['risky'],
		},
		ocsf: {
			class_uid: 3004,
			activity_id: 5,
			activity_name: 'Move',
			severity: 'Medium',
			actor: { user: user(ADMIN), app_name: 'EMConsole' },
			entity: {
				type_id: 99,
				type: 'Vault',
				user: { ...user('victor@northfield.example'), uid: '20365479' },
			},
			entity_result: { type_id: 99, type: 'Vault', user: user('rita@northfield.example') },
			observables: [
				observable('User Name', ADMIN, 'actor.user.name'),
				observable('User Name', 'victor@northfield.example', 'entity.user.name'),
				observable('User Name', '20365479', 'entity.user.uid'),
				observable('User Name', 'rita@northfield.example', 'entity_result.user.name'),
				observable('IP Address', ADDRESS, 'src_endpoint.ip'),
			],
		},
	},
	{
		what: 'somebody invited who gets a role',
		event: {
			...envelope,
			audit_event: 'pending_added_to_role',
			category: 'security',
			role_id: '1119925607333893',
			value: 'nora@northfield.example',
		},
		ecs: {
			event: { category: ['iam'], type: ['user', 'change'] },
			user: { name: ADMIN, target: person('nora@northfield.example') },
			related: { user: [ADMIN, 'nora@northfield.example'] },
			keeper: { role_id: '1119925607333893', uids: ['1119925607333893'] },
		},
		ocsf: {
			class_uid: 3005,
			activity_name: 'Assign Privileges',
			user: user('nora@northfield.example'),
			privileges: ['1119925607333893'],
			resources: [{ type: 'Role', uid: '1119925607333893' }],
		},
	},
	{
		what: 'a role that comes with the enterprise in front',
		event: {
			...envelope,
			audit_event: 'pending_removed_from_role',
			category: 'security',
			role_id: `${ENTERPRISE}/1124516927373322`,
			value: 'nora@northfield.example',
		},
		ecs: {
			user: { target: person('nora@northfield.example') },
			keeper: { role_id: '1124516927373322', uids: ['1124516927373322'] },
		},
		ocsf: {
			class_uid: 3005,
			activity_name: 'Revoke Privileges',
			user: user('nora@northfield.example'),
			resources: [{ type: 'Role', uid: '1124516927373322' }],
		},
	},
	{
		what: 'a one-time share, which nobody known receives',
		event: {
			...vault,
			audit_event: 'ext_share_added',
			category: 'share',
			app_uid: 'Dm_l4bk34Rj62ef-XUPv3g',
		},
		ecs: {
			event: { category: ['file'], type: ['change'], outcome: 'success' },
			user: person('sam@northfield.example'),
			related: { user: ['sam@northfield.example'] },
			keeper: { uids: ['Dm_l4bk34Rj62ef-XUPv3g'] },
		},
		ocsf: {
			class_uid: 6001,
			activity_id: 8,
			activity_name: 'Share',
			metadata: { profiles: ['host'] },
			actor: { user: user('sam@northfield.example') },
			web_resources: [{ type: 'Record', uid: 'Dm_l4bk34Rj62ef-XUPv3g' }],
			observables: [
				observable('User Name', 'sam@northfield.example', 'actor.user.name'),
				observable('IP Address', ADDRESS, 'src_endpoint.ip'),
				observable('Resource UID', 'Dm_l4bk34Rj62ef-XUPv3g', 'web_resources[0].uid'),
			],
		},
		lacks: ['user', 'resources'],
	},
	{
		what: 'a one-time share that the server ends, from nowhere',
		event: {
			audit_event: 'ext_share_expired',
			category: 'share',
			client_version: 'Server.0.0.0',
			enterprise_id: ENTERPRISE,
			timestamp: '2026-03-02T09:15:30.123Z',
			username: 'sam@northfield.example',
			app_uid: 'Dm_l4bk34Rj62ef-XUPv3g',
		},
		// Expiring is what was to happen, so it is no failure.
		ecs: { event: { outcome: 'success' }, user_agent: { name: 'Server', version: '0.0.0' } },
		ocsf: {
			class_uid: 6001,
			activity_id: 99,
			activity_name: 'Ext Share Expired',
			status: 'Success',
			src_endpoint: UNKNOWN,
			web_resources: [{ type: 'Record', uid: 'Dm_l4bk34Rj62ef-XUPv3g' }],
		},
		lacks: ['user', 'source'],
	},
	{
		what: 'a one-time share that a device opens',
		event: {
			...vault,
			audit_event: 'ext_share_access',
			category: 'share',
			client_version: 'SecretsManager/JS.16.6.2',
			app_uid: 'L2Dbp4JkF8m-qPgwU1yFwQ',
		},
		ecs: {
			event: { category: ['file'], type: ['access'] },
			user_agent: { name: 'SecretsManager/JS', version: '16.6.2' },
		},
		ocsf: { class_uid: 6001, activity_name: 'Read', actor: { app_name: 'SecretsManager/JS' } },
		lacks: ['user'],
	},
	{
		what: 'a record shared with somebody',
		event: {
			...vault,
			audit_event: 'share',
			category: 'share',
			record_uid: 'rec-share-1',
			to_username: 'tom@contractor.example',
		},
		ecs: {
			event: { category: ['iam'], type: ['change'] },
			user: { name: 'sam@northfield.example', target: person('tom@contractor.example') },
			keeper: { uids: ['rec-share-1'] },
		},
		ocsf: {
			class_uid: 3005,
			activity_name: 'Assign Privileges',
			user: user('tom@contractor.example'),
			resources: [{ type: 'Record', uid: 'rec-share-1' }],
		},
	},
	{
		what: 'a share that does not say with whom',
		event: { ...vault, audit_event: 'share', category: 'share', record_uid: 'rec-share-2' },
		ecs: { user: person('sam@northfield.example') },
		ocsf: { class_uid: 3005, user: UNKNOWN, actor: { user: user('sam@northfield.example') } },
	},
	{
		what: 'a share that whoever acts receives',
		event: { ...vault, audit_event: 'accept_share', category: 'share', record_uid: 'rec-share-3' },
		ecs: { user: person('sam@northfield.example') },
		ocsf: { class_uid: 3005, user: user('sam@northfield.example') },
	},
	{
		what: 'a folder that a team gets',
		event: {
			...vault,
			audit_event: 'folder_add_team',
			category: 'share',
			shared_folder_uid: 'sf-1',
			team_uid: 'team-1',
		},
		ecs: { event: { category: ['iam'], type: ['group', 'change'] }, group: { id: 'team-1' } },
		ocsf: {
			class_uid: 3006,
			activity_name: 'Assign Privileges',
			group: { uid: 'team-1', type: 'Team' },
			resource: { uid: 'sf-1', type: 'Shared Folder' },
		},
		lacks: ['user.target'],
	},
	{
		what: 'somebody who joins a team',
		event: {
			...envelope,
			audit_event: 'added_to_team',
			category: 'team',
			team_uid: 'team-1',
			role_id: 42,
			to_username: 'mia@northfield.example',
		},
		ecs: {
			event: { category: ['iam'], type: ['group', 'change'] },
			group: { id: 'team-1' },
			user: { target: person('mia@northfield.example') },
			keeper: { role_id: '42', uids: ['team-1', '42'] },
		},
		ocsf: {
			class_uid: 3006,
			activity_name: 'Add User',
			group: { uid: 'team-1' },
			user: user('mia@northfield.example'),
		},
	},
	{
		what: 'an administrator who turns the second factor of somebody off without saying whose',
		event: {
			...envelope,
			audit_event: 'enterprise_2fa_disabled_by_admin',
			category: 'enterprise',
		},
		ecs: { event: { category: ['iam'] }, user: person(ADMIN), tags: ['risky'] },
		ocsf: {
			class_uid: 3001,
			activity_name: 'MFA Factor Disable',
			user: UNKNOWN,
			actor: { user: user(ADMIN) },
		},
	},
	{
		what: 'somebody who turns the own second factor off',
		event: { ...vault, audit_event: 'set_two_factor_off', category: 'security', channel: 'TOTP' },
		ecs: { labels: { keeper_category: 'security', keeper_channel: 'TOTP' } },
		ocsf: {
			class_uid: 3001,
			user: user('sam@northfield.example'),
			auth_factors: [{ factor_type_id: 99, factor_type: 'TOTP' }],
		},
	},
	{
		what: 'a device that an administrator approves for somebody',
		event: {
			...envelope,
			audit_event: 'device_approved_by_admin',
			category: 'security',
			to_username: 'mia@northfield.example',
			device_name: "Mia's laptop",
		},
		ecs: {
			user: { target: person('mia@northfield.example') },
			user_agent: { device: { name: "Mia's laptop" } },
			related: { hosts: ["Mia's laptop"] },
		},
		ocsf: {
			class_uid: 3004,
			activity_name: 'Enroll',
			entity: { type_id: 1, type: 'Device', name: "Mia's laptop" },
			observables: [
				observable('User Name', ADMIN, 'actor.user.name'),
				observable('User Name', 'mia@northfield.example', 'unmapped.to_username'),
				observable('IP Address', ADDRESS, 'src_endpoint.ip'),
				observable('Other', "Mia's laptop", 'src_endpoint.name'),
			],
		},
	},
	{
		what: 'a user that is created',
		event: {
			...envelope,
			audit_event: 'create_user',
			category: 'user',
			to_username: 'new@northfield.example',
		},
		ecs: {
			event: { category: ['iam'], type: ['user', 'creation'] },
			user: { target: person('new@northfield.example') },
		},
		ocsf: { class_uid: 3001, activity_name: 'Create', user: user('new@northfield.example') },
	},
	{
		what: 'a login of years ago, without a category',
		event: {
			audit_event: 'login_console',
			remote_address: '198.51.100.208',
			client_version: 'EMConsole.15.3.4',
			timestamp: '2021-08-16T18:08:14.597Z',
			username: 'wyattjuan',
			enterprise_id: 99_376,
			username_new: true,
			client_version_new: true,
		},
		ecs: {
			'@timestamp': '2021-08-16T18:08:14.597Z',
			event: { category: ['authentication'], type: ['start'], outcome: 'success' },
			user: { name: 'wyattjuan' },
			organization: { id: '99376' },
			labels: { keeper_category: 'login' },
		},
		ocsf: { class_uid: 3002, activity_name: 'Logon', user: { name: 'wyattjuan' } },
	},
	{
		what: 'a failed login in capitals',
		event: { ...vault, audit_event: 'LOGIN_FAILURE', category: 'login', result_code: 'bad_token' },
		ecs: {
			event: {
				action: 'login_failure',
				outcome: 'failure',
				category: ['authentication'],
				reason: 'bad_token',
				severity: 21,
			},
		},
		ocsf: { class_uid: 3002, status: 'Failure', status_detail: 'bad_token', severity: 'Low' },
	},
	{
		what: 'an event of a code that nobody knows, in a known category',
		event: {
			...vault,
			audit_event: 'share_with_moon_base',
			category: 'share',
			to_username: 'neil@moon.example',
			crater_uid: 'crater-9',
		},
		ecs: {
			event: { category: ['iam'], type: ['info'], outcome: 'unknown', severity: 0 },
			user: { target: person('neil@moon.example') },
			keeper: { uids: ['crater-9'] },
		},
		ocsf: {
			class_uid: 0,
			observables: [
				observable('User Name', 'sam@northfield.example', 'unmapped.username'),
				observable('User Name', 'neil@moon.example', 'unmapped.to_username'),
				observable('IP Address', ADDRESS, 'unmapped.remote_address'),
				observable('Resource UID', 'crater-9', 'unmapped.crater_uid'),
			],
		},
	},
	{
		what: 'a security benchmark that Keeper found met',
		event: {
			...envelope,
			audit_event: 'sb_create_alerts',
			category: 'security_benchmark',
			value: 'auto-resolved',
		},
		ecs: {
			event: { category: ['configuration'], outcome: 'success', reason: 'auto-resolved' },
			related: { user: [ADMIN] },
		},
		ocsf: {
			class_uid: 2003,
			activity_name: 'Close',
			status: 'Resolved',
			status_detail: 'auto-resolved',
			compliance: {
				standards: ['Keeper Security Benchmark'],
				control: 'Security Benchmark: Create Alerts',
				status_id: 1,
				status: 'Pass',
			},
			finding_info: { uid: 'security_benchmark/sb_create_alerts' },
			evidences: [
				{
					actor: { user: user(ADMIN), app_name: 'EMConsole' },
					src_endpoint: { ip: ADDRESS },
				},
			],
		},
	},
	{
		what: 'a security benchmark that an administrator waves through',
		event: {
			...envelope,
			audit_event: 'sb_create_alerts',
			category: 'security_benchmark',
			value: 'user-ignored',
		},
		ecs: { event: { reason: 'user-ignored' } },
		ocsf: {
			class_uid: 2003,
			activity_name: 'Update',
			status: 'Suppressed',
			compliance: { status_id: 3, status: 'Fail' },
			finding_info: { uid: 'security_benchmark/sb_create_alerts' },
		},
	},
	{
		what: 'an alert that Keeper sent',
		event: {
			...envelope,
			audit_event: 'audit_alert_sent',
			category: 'usage',
			name: 'Export of records',
			recipient: 'soc@northfield.example, night@northfield.example',
		},
		ecs: {
			event: { kind: 'alert', category: ['intrusion_detection'] },
			related: { user: [ADMIN, 'soc@northfield.example', 'night@northfield.example'] },
		},
		ocsf: { class_uid: 2004, activity_name: 'Create', is_alert: true, status: 'New' },
	},
	{
		what: 'a password found in a breach',
		event: {
			...vault,
			audit_event: 'bw_record_high_risk',
			category: 'security',
			record_uid: 'rec-bw',
		},
		ecs: { event: { kind: 'alert', category: ['vulnerability'], severity: 73 } },
		ocsf: {
			class_uid: 2004,
			severity: 'High',
			status: 'New',
			finding_info: { uid: 'breachwatch/rec-bw', title: 'BreachWatch Record High Risk' },
			resources: [{ type: 'Record', uid: 'rec-bw' }],
			evidences: [{ actor: { user: user('sam@northfield.example') } }],
		},
	},
	{
		what: 'the same finding, resolved',
		event: {
			...vault,
			audit_event: 'bw_record_resolved',
			category: 'security',
			record_uid: 'rec-bw',
		},
		ecs: { event: { kind: 'event' } },
		ocsf: {
			class_uid: 2004,
			activity_name: 'Close',
			status: 'Resolved',
			finding_info: { uid: 'breachwatch/rec-bw' },
		},
	},
	{
		what: 'a compliance report that leaves the console',
		event: {
			...envelope,
			audit_event: 'compliance_report_downloaded',
			category: 'reporting',
			app_uid: 'App2003AbCdEfGhIjKlMn',
		},
		ecs: { event: { category: ['file'], type: ['access'] } },
		ocsf: {
			class_uid: 6001,
			activity_name: 'Export',
			actor: { user: user(ADMIN) },
			web_resources: [{ type: 'Application', uid: 'App2003AbCdEfGhIjKlMn' }],
		},
	},
	{
		what: 'records that leave the vault',
		event: { ...vault, audit_event: 'exported_records', category: 'usage' },
		ecs: { event: { category: ['file'], type: ['access'] }, tags: ['risky'] },
		ocsf: {
			class_uid: 6001,
			activity_name: 'Export',
			web_resources: [{ type: 'Record', name: 'Record' }],
		},
	},
	{
		what: 'an agent for SSH keys that starts',
		event: { ...vault, audit_event: 'ssh_agent_started', category: 'pam', service: 'ssh-agent' },
		ecs: { event: { category: ['process'], type: ['start'] } },
		ocsf: {
			class_uid: 6002,
			activity_name: 'Start',
			app: { name: 'ssh-agent' },
			device: { ip: ADDRESS, type_id: 0 },
			actor: { user: user('sam@northfield.example') },
		},
	},
	{
		what: 'a gateway that comes up',
		event: { ...vault, audit_event: 'pam_gateway_online', category: 'pam', gateway_uid: 'gw-1' },
		ecs: { event: { category: ['process'], type: ['start'] }, keeper: { uids: ['gw-1'] } },
		ocsf: { class_uid: 6002, activity_name: 'Start', app: { name: 'Gateway', uid: 'gw-1' } },
	},
	{
		what: 'a search for machines and accounts',
		event: { ...vault, audit_event: 'discovery_job_started', category: 'discovery' },
		ecs: { event: { category: ['host'], type: ['info'] } },
		ocsf: {
			class_uid: 6007,
			activity_name: 'Started',
			scan: { name: 'Discovery Job', type_id: 0 },
			actor: { user: user('sam@northfield.example') },
		},
	},
	{
		what: 'a record that is added',
		event: {
			...vault,
			audit_event: 'record_add',
			category: 'record',
			record_uid: 'rec-1',
			shared_folder_uid: 'sf-1',
		},
		ecs: {
			event: { category: ['file'], type: ['creation'] },
			keeper: { uids: ['rec-1', 'sf-1'] },
		},
		ocsf: {
			class_uid: 6003,
			activity_name: 'Create',
			resources: [
				{ type: 'Record', uid: 'rec-1' },
				{ type: 'Shared Folder', uid: 'sf-1' },
			],
		},
	},
	{
		what: 'a password that is shown',
		event: { ...vault, audit_event: 'revealed_password', category: 'usage', record_uid: 'rec-1' },
		ecs: { event: { category: ['file'], type: ['access'], outcome: 'success' } },
		ocsf: { class_uid: 6003, activity_name: 'Read' },
	},
	{
		what: 'a rotation that failed',
		event: {
			...vault,
			audit_event: 'record_rotation_scheduled_fail',
			category: 'rotation',
			record_uid: 'rec-rot',
		},
		ecs: { event: { outcome: 'failure' } },
		ocsf: { class_uid: 6003, status: 'Failure' },
	},
	{
		what: 'a secret that an application reads',
		event: {
			...vault,
			audit_event: 'app_client_access',
			category: 'api',
			app_uid: 'app-1',
			secret_uid: 'secret-1',
			device_name: 'build-runner-7',
		},
		ecs: {
			related: { hosts: ['build-runner-7'] },
			keeper: { uids: ['app-1', 'secret-1'] },
		},
		ocsf: {
			class_uid: 6003,
			src_endpoint: { ip: ADDRESS, name: 'build-runner-7' },
			resources: [
				{ type: 'Application', uid: 'app-1' },
				{ type: 'Secret', uid: 'secret-1' },
			],
		},
	},
	{
		what: 'a request for rights on a workstation, by an agent that is no person',
		event: {
			...envelope,
			username: 'WIN-AGENT-04',
			audit_event: 'approval_request_created',
			category: 'endpoint_privilege_manager',
			agent_uid: 'agent-4',
			request_uid: 'request-1',
			request_status: 'pending',
		},
		ecs: {
			user: { name: 'WIN-AGENT-04' },
			keeper: { uids: ['agent-4', 'request-1'] },
		},
		ocsf: { class_uid: 3004, activity_name: 'Create', actor: { user: { name: 'WIN-AGENT-04' } } },
		lacks: ['user.email'],
	},
	{
		what: 'a client behind proxies',
		event: {
			...vault,
			audit_event: 'open_record',
			category: 'usage',
			record_uid: 'rec-1',
			remote_address: '203.0.113.7:52110, 10.0.0.3, [2001:db8::5]:443',
		},
		ecs: {
			source: {
				address: '203.0.113.7:52110, 10.0.0.3, [2001:db8::5]:443',
				ip: '203.0.113.7',
				port: 52_110,
			},
			related: { ip: ['203.0.113.7', '10.0.0.3', '2001:db8::5'] },
		},
		ocsf: {
			src_endpoint: {
				ip: '203.0.113.7',
				port: 52_110,
				intermediate_ips: ['10.0.0.3', '2001:db8::5'],
			},
		},
	},
];
