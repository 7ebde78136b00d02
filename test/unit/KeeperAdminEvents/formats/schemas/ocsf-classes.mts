/**
 * Definitions of the Open Cybersecurity Schema Framework, version 1.7.0 (Apache-2.0), for the
 * classes that audit events are mapped to, transcribed by hand from the published schema
 * (schema.ocsf.io/1.7.0; sources in github.com/ocsf/ocsf-schema). No npm package carries it.
 *
 * An attribute is written `name: type`; `!` marks it as required, `[]` as a list, and a type
 * that is not a scalar names an object of ocsf-objects.mts. Classes hold the attributes of the classes they
 * extend. Objects that the mapping has no use for are left out, and so are their attributes, so
 * that using one fails the test until it is transcribed.
 */
import type { Definition } from './ocsf-objects.mts';

export interface ClassDefinition extends Definition {
	uid: number;
	caption: string;
	category: { uid: number; caption: string };
	activities: Record<number, string>;
	statuses?: Record<number, string>;
	/** Profiles that a document may apply. */
	profiles?: string[];
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
export const OBSERVABLE_TYPES: Record<number, string> = {
	2: 'IP Address',
	4: 'User Name',
	10: 'Resource UID',
	99: 'Other',
};

/** The states of a finding. */
const FINDING_STATUSES = {
	0: 'Unknown',
	1: 'New',
	2: 'In Progress',
	3: 'Suppressed',
	4: 'Resolved',
	5: 'Archived',
	6: 'Deleted',
	99: 'Other',
};

const finding = {
	...base,
	comment: 'string',
	confidence: 'string',
	confidence_id: 'integer',
	confidence_score: 'integer',
	evidences: 'evidences[]',
	finding_info: 'finding_info!',
	resources: 'resource_details[]',
};

/** The profile 'host' adds these. A document that uses one names the profile in its metadata. */
export const HOST_PROFILE: Record<string, string> = { actor: 'actor', device: 'device' };

export const CLASSES: ClassDefinition[] = [
	{
		uid: 0,
		caption: 'Base Event',
		category: { uid: 0, caption: 'Uncategorized' },
		activities: { 0: 'Unknown', 99: 'Other' },
		attributes: base,
	},
	{
		uid: 2003,
		caption: 'Compliance Finding',
		category: { uid: 2, caption: 'Findings' },
		activities: { 0: 'Unknown', 1: 'Create', 2: 'Update', 3: 'Close', 99: 'Other' },
		statuses: FINDING_STATUSES,
		attributes: { ...finding, compliance: 'compliance!' },
	},
	{
		uid: 2004,
		caption: 'Detection Finding',
		category: { uid: 2, caption: 'Findings' },
		activities: { 0: 'Unknown', 1: 'Create', 2: 'Update', 3: 'Close', 99: 'Other' },
		statuses: FINDING_STATUSES,
		attributes: {
			...finding,
			impact: 'string',
			impact_id: 'integer',
			impact_score: 'integer',
			is_alert: 'boolean',
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
		attributes: { ...iam, auth_factors: 'auth_factor[]', user: 'user!', user_result: 'user' },
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
		uid: 6001,
		caption: 'Web Resources Activity',
		category: APPLICATION,
		activities: {
			0: 'Unknown',
			1: 'Create',
			2: 'Read',
			3: 'Update',
			4: 'Delete',
			5: 'Search',
			6: 'Import',
			7: 'Export',
			8: 'Share',
			99: 'Other',
		},
		profiles: ['host'],
		attributes: {
			...base,
			dst_endpoint: 'network_endpoint',
			src_endpoint: 'network_endpoint',
			web_resources: 'web_resource[]!',
			web_resources_result: 'web_resource[]',
		},
	},
	{
		uid: 6002,
		caption: 'Application Lifecycle',
		category: APPLICATION,
		activities: {
			0: 'Unknown',
			1: 'Install',
			2: 'Remove',
			3: 'Start',
			4: 'Stop',
			5: 'Restart',
			6: 'Enable',
			7: 'Disable',
			8: 'Update',
			99: 'Other',
		},
		profiles: ['host'],
		attributes: { ...base, app: 'product!' },
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
	{
		uid: 6007,
		caption: 'Scan Activity',
		category: APPLICATION,
		activities: {
			0: 'Unknown',
			1: 'Started',
			2: 'Completed',
			3: 'Cancelled',
			4: 'Duration Violation',
			5: 'Pause Violation',
			6: 'Error',
			7: 'Paused',
			8: 'Resumed',
			9: 'Restarted',
			10: 'Delayed',
			99: 'Other',
		},
		profiles: ['host'],
		attributes: {
			...base,
			command_uid: 'string',
			num_detections: 'integer',
			num_network_items: 'integer',
			scan: 'scan!',
			schedule_uid: 'string',
			total: 'integer',
		},
	},
];
