export type OcsfDocument = Record<string, unknown>;

/** The activity that a class has no word for. */
export const OTHER = 99;

/** What OCSF 1.7 calls a class and its activities (schema.ocsf.io/1.7.0/classes). */
export interface OcsfClass {
	name: string;
	category: number;
	activities: Record<number, string>;
}

export const OCSF_CATEGORIES: Record<number, string> = {
	0: 'Uncategorized',
	2: 'Findings',
	3: 'Identity & Access Management',
	6: 'Application Activity',
};

/** The classes that Keeper's events are mapped to, by class_uid. */
export const OCSF_CLASSES: Record<number, OcsfClass> = {
	0: { name: 'Base Event', category: 0, activities: {} },
	2003: {
		name: 'Compliance Finding',
		category: 2,
		activities: { 1: 'Create', 2: 'Update', 3: 'Close' },
	},
	2004: {
		name: 'Detection Finding',
		category: 2,
		activities: { 1: 'Create', 2: 'Update', 3: 'Close' },
	},
	3001: {
		name: 'Account Change',
		category: 3,
		activities: {
			1: 'Create',
			2: 'Enable',
			3: 'Password Change',
			4: 'Password Reset',
			6: 'Delete',
			9: 'Lock',
			10: 'MFA Factor Enable',
			11: 'MFA Factor Disable',
			12: 'Unlock',
		},
	},
	3002: { name: 'Authentication', category: 3, activities: { 1: 'Logon', 2: 'Logoff' } },
	3004: {
		name: 'Entity Management',
		category: 3,
		activities: {
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
		},
	},
	3005: {
		name: 'User Access Management',
		category: 3,
		activities: { 1: 'Assign Privileges', 2: 'Revoke Privileges' },
	},
	3006: {
		name: 'Group Management',
		category: 3,
		activities: {
			1: 'Assign Privileges',
			2: 'Revoke Privileges',
			3: 'Add User',
			4: 'Remove User',
			5: 'Delete',
			6: 'Create',
		},
	},
	6001: {
		name: 'Web Resources Activity',
		category: 6,
		activities: { 1: 'Create', 2: 'Read', 4: 'Delete', 6: 'Import', 7: 'Export', 8: 'Share' },
	},
	6002: { name: 'Application Lifecycle', category: 6, activities: { 3: 'Start', 4: 'Stop' } },
	6003: {
		name: 'API Activity',
		category: 6,
		activities: { 1: 'Create', 2: 'Read', 3: 'Update', 4: 'Delete' },
	},
	6006: {
		name: 'File Hosting Activity',
		category: 6,
		activities: { 1: 'Upload', 2: 'Download', 4: 'Delete', 9: 'Preview' },
	},
	6007: { name: 'Scan Activity', category: 6, activities: { 1: 'Started', 2: 'Completed' } },
};
