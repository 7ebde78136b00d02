/**
 * Definitions of the Open Cybersecurity Schema Framework, version 1.7.0 (Apache-2.0), for the
 * classes that audit events are mapped to, transcribed by hand from the published schema
 * (schema.ocsf.io/1.7.0; sources in github.com/ocsf/ocsf-schema). No npm package carries it.
 *
 * An attribute is written `name: type`; `!` marks it as required, `[]` as a list, and a type
 * that is not a scalar names an object below. Classes hold the attributes of the classes they
 * extend. Objects that the mapping has no use for are left out, and so are their attributes, so
 * that using one fails the test until it is transcribed.
 */
export interface Definition {
	attributes: Record<string, string>;
	/** At least one of these must be present. */
	atLeastOne?: string[];
}

export interface ClassDefinition extends Definition {
	uid: number;
	caption: string;
	category: { uid: number; caption: string };
	activities: Record<number, string>;
	statuses?: Record<number, string>;
}

const base = {
	activity_id: 'integer!',
	activity_name: 'string',
	category_name: 'string',
	category_uid: 'integer!',
	class_name: 'string',
	class_uid: 'integer!',
	count: 'integer',
	duration: 'long',
	end_time: 'timestamp',
	message: 'string',
	metadata: 'metadata!',
	observables: 'observable[]',
	raw_data: 'string',
	raw_data_size: 'long',
	severity: 'string',
	severity_id: 'integer!',
	start_time: 'timestamp',
	status: 'string',
	status_code: 'string',
	status_detail: 'string',
	status_id: 'integer',
	time: 'timestamp!',
	timezone_offset: 'integer',
	type_name: 'string',
	type_uid: 'long!',
	unmapped: 'object',
};

const iam = { ...base, actor: 'actor', src_endpoint: 'network_endpoint' };
const IAM = { uid: 3, caption: 'Identity & Access Management' };
const APPLICATION = { uid: 6, caption: 'Application Activity' };

export const SEVERITIES: Record<number, string> = {
	0: 'Unknown',
	1: 'Informational',
	2: 'Low',
	3: 'Medium',
	4: 'High',
	5: 'Critical',
	6: 'Fatal',
	99: 'Other',
};

export const STATUSES: Record<number, string> = {
	0: 'Unknown',
	1: 'Success',
	2: 'Failure',
	99: 'Other',
};

/** Type identifiers of observables, as far as used. */
export const OBSERVABLE_TYPES: Record<number, string> = { 2: 'IP Address', 4: 'User Name' };

export const CLASSES: ClassDefinition[] = [
	{
		uid: 0,
		caption: 'Base Event',
		category: { uid: 0, caption: 'Uncategorized' },
		activities: { 0: 'Unknown', 99: 'Other' },
		attributes: base,
	},
	{
		uid: 2004,
		caption: 'Detection Finding',
		category: { uid: 2, caption: 'Findings' },
		activities: { 0: 'Unknown', 1: 'Create', 2: 'Update', 3: 'Close', 99: 'Other' },
		statuses: {
			0: 'Unknown',
			1: 'New',
			2: 'In Progress',
			3: 'Suppressed',
			4: 'Resolved',
			5: 'Archived',
			6: 'Deleted',
			99: 'Other',
		},
		attributes: {
			...base,
			comment: 'string',
			confidence: 'string',
			confidence_id: 'integer',
			confidence_score: 'integer',
			finding_info: 'finding_info!',
			impact: 'string',
			impact_id: 'integer',
			impact_score: 'integer',
			is_alert: 'boolean',
			resources: 'resource_details[]',
			risk_details: 'string',
			risk_level: 'string',
			risk_level_id: 'integer',
			risk_score: 'integer',
		},
	},
	{
		uid: 3001,
		caption: 'Account Change',
		category: IAM,
		activities: {
			0: 'Unknown',
			1: 'Create',
			2: 'Enable',
			3: 'Password Change',
			4: 'Password Reset',
			5: 'Disable',
			6: 'Delete',
			7: 'Attach Policy',
			8: 'Detach Policy',
			9: 'Lock',
			10: 'MFA Factor Enable',
			11: 'MFA Factor Disable',
			12: 'Unlock',
			99: 'Other',
		},
		attributes: { ...iam, user: 'user!', user_result: 'user' },
	},
	{
		uid: 3002,
		caption: 'Authentication',
		category: IAM,
		activities: {
			0: 'Unknown',
			1: 'Logon',
			2: 'Logoff',
			3: 'Authentication Ticket',
			4: 'Service Ticket Request',
			5: 'Service Ticket Renew',
			6: 'Preauth',
			7: 'Account Switch',
			99: 'Other',
		},
		attributes: {
			...iam,
			dst_endpoint: 'network_endpoint',
			is_cleartext: 'boolean',
			is_mfa: 'boolean',
			is_new_logon: 'boolean',
			is_remote: 'boolean',
			service: 'service',
			user: 'user!',
		},
		atLeastOne: ['service', 'dst_endpoint'],
	},
	{
		uid: 3004,
		caption: 'Entity Management',
		category: IAM,
		activities: {
			0: 'Unknown',
			1: 'Create',
			2: 'Read',
			3: 'Update',
			4: 'Delete',
			5: 'Move',
			6: 'Enroll',
			7: 'Unenroll',
			8: 'Enable',
			9: 'Disable',
			10: 'Activate',
			11: 'Deactivate',
			12: 'Suspend',
			13: 'Resume',
			99: 'Other',
		},
		attributes: {
			...iam,
			comment: 'string',
			entity: 'managed_entity!',
			entity_result: 'managed_entity',
		},
	},
	{
		uid: 3005,
		caption: 'User Access Management',
		category: IAM,
		activities: { 0: 'Unknown', 1: 'Assign Privileges', 2: 'Revoke Privileges', 99: 'Other' },
		attributes: { ...iam, privileges: 'string[]!', resources: 'resource_details[]', user: 'user!' },
	},
	{
		uid: 3006,
		caption: 'Group Management',
		category: IAM,
		activities: {
			0: 'Unknown',
			1: 'Assign Privileges',
			2: 'Revoke Privileges',
			3: 'Add User',
			4: 'Remove User',
			5: 'Delete',
			6: 'Create',
			7: 'Add Subgroup',
			8: 'Remove Subgroup',
			99: 'Other',
		},
		attributes: {
			...iam,
			group: 'group!',
			privileges: 'string[]',
			resource: 'resource_details',
			subgroup: 'group',
			user: 'user',
		},
	},
	{
		uid: 6003,
		caption: 'API Activity',
		category: APPLICATION,
		activities: { 0: 'Unknown', 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete', 99: 'Other' },
		attributes: {
			...base,
			actor: 'actor!',
			api: 'api!',
			dst_endpoint: 'network_endpoint',
			resources: 'resource_details[]',
			src_endpoint: 'network_endpoint!',
		},
	},
	{
		uid: 6006,
		caption: 'File Hosting Activity',
		category: APPLICATION,
		activities: {
			0: 'Unknown',
			1: 'Upload',
			2: 'Download',
			3: 'Update',
			4: 'Delete',
			5: 'Rename',
			6: 'Copy',
			7: 'Move',
			8: 'Restore',
			9: 'Preview',
			10: 'Lock',
			11: 'Unlock',
			12: 'Share',
			13: 'Unshare',
			14: 'Open',
			15: 'Sync',
			16: 'Unsync',
			17: 'Access Check',
			99: 'Other',
		},
		attributes: {
			...base,
			actor: 'actor!',
			dst_endpoint: 'network_endpoint',
			expiration_time: 'timestamp',
			file: 'file!',
			file_result: 'file',
			share: 'string',
			src_endpoint: 'network_endpoint!',
		},
	},
];

export const OBJECTS: Record<string, Definition> = {
	actor: {
		attributes: { app_name: 'string', app_uid: 'string', invoked_by: 'string', user: 'user' },
		atLeastOne: ['process', 'user', 'invoked_by', 'session', 'app_name', 'app_uid'],
	},
	api: { attributes: { operation: 'string!', service: 'service', version: 'string' } },
	file: {
		attributes: {
			desc: 'string',
			ext: 'string',
			mime_type: 'string',
			name: 'string!',
			path: 'string',
			size: 'long',
			type: 'string',
			type_id: 'integer!',
			uid: 'string',
		},
	},
	finding_info: {
		attributes: {
			created_time: 'timestamp',
			data_sources: 'string[]',
			desc: 'string',
			first_seen_time: 'timestamp',
			last_seen_time: 'timestamp',
			modified_time: 'timestamp',
			product_uid: 'string',
			src_url: 'string',
			title: 'string',
			types: 'string[]',
			uid: 'string!',
			uid_alt: 'string',
		},
	},
	group: {
		attributes: {
			desc: 'string',
			domain: 'string',
			name: 'string',
			privileges: 'string[]',
			type: 'string',
			uid: 'string',
		},
		atLeastOne: ['name', 'uid'],
	},
	managed_entity: {
		attributes: {
			data: 'object',
			group: 'group',
			name: 'string',
			type: 'string',
			type_id: 'integer',
			uid: 'string',
			user: 'user',
			version: 'string',
		},
		atLeastOne: ['name', 'uid', 'device', 'group', 'org', 'policy', 'user'],
	},
	metadata: {
		attributes: {
			correlation_uid: 'string',
			event_code: 'string',
			labels: 'string[]',
			log_format: 'string',
			log_level: 'string',
			log_name: 'string',
			log_provider: 'string',
			log_version: 'string',
			logged_time: 'timestamp',
			modified_time: 'timestamp',
			original_event_uid: 'string',
			original_time: 'string',
			processed_time: 'timestamp',
			product: 'product!',
			profiles: 'string[]',
			sequence: 'integer',
			tenant_uid: 'string',
			uid: 'string',
			version: 'string!',
		},
	},
	network_endpoint: {
		attributes: {
			domain: 'string',
			hostname: 'string',
			instance_uid: 'string',
			interface_name: 'string',
			interface_uid: 'string',
			ip: 'ip',
			name: 'string',
			port: 'integer',
			svc_name: 'string',
			type: 'string',
			type_id: 'integer',
			uid: 'string',
		},
		atLeastOne: [
			'ip',
			'uid',
			'name',
			'hostname',
			'svc_name',
			'instance_uid',
			'interface_uid',
			'interface_name',
			'domain',
		],
	},
	observable: {
		attributes: {
			event_uid: 'string',
			name: 'string',
			type: 'string',
			type_id: 'integer!',
			type_uid: 'long',
			value: 'string',
		},
	},
	product: {
		attributes: {
			cpe_name: 'string',
			lang: 'string',
			name: 'string',
			path: 'string',
			uid: 'string',
			url_string: 'string',
			vendor_name: 'string',
			version: 'string',
		},
		atLeastOne: ['name', 'uid'],
	},
	resource_details: {
		attributes: {
			data: 'object',
			labels: 'string[]',
			name: 'string',
			type: 'string',
			uid: 'string',
			uid_alt: 'string',
		},
		atLeastOne: ['name', 'uid'],
	},
	service: {
		attributes: { labels: 'string[]', name: 'string', uid: 'string', version: 'string' },
		atLeastOne: ['name', 'uid'],
	},
	user: {
		attributes: {
			credential_uid: 'string',
			display_name: 'string',
			domain: 'string',
			email_addr: 'string',
			full_name: 'string',
			groups: 'group[]',
			has_mfa: 'boolean',
			name: 'string',
			type: 'string',
			type_id: 'integer',
			uid: 'string',
			uid_alt: 'string',
		},
		atLeastOne: ['account', 'name', 'uid'],
	},
};
