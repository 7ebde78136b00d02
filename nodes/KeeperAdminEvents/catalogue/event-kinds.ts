/**
 * What sorts of acts there are, and what each is called in the two schemas.
 * `ecs`: event.category and event.type, from the values ECS 9.4 allows together.
 * `ocsf`: class and activity of OCSF 1.7; 99 is an activity the class has no word for.
 */
export interface EventKind {
	ecs: { category: string[]; type: string[] };
	ocsf: { class: number; activity: number };
}

function kind(category: string, type: string, ocsfClass: number, activity: number): EventKind {
	return {
		ecs: { category: [category], type: type.split(' ') },
		ocsf: { class: ocsfClass, activity },
	};
}

/**
 * Where Datadog's public OCSF mapping of Keeper puts an event in another class, a comment quotes
 * the words of the schema (schema.ocsf.io/1.7.0) that decided.
 */
export const EVENT_KINDS = {
	logon: kind('authentication', 'start', 3002, 1),
	logoff: kind('authentication', 'end', 3002, 2),
	reauthenticate: kind('authentication', 'info', 3002, 99),

	userCreate: kind('iam', 'user creation', 3001, 1),
	userEnable: kind('iam', 'user change', 3001, 2),
	passwordChange: kind('iam', 'user change', 3001, 3),
	passwordReset: kind('iam', 'user change', 3001, 4),
	userDelete: kind('iam', 'user deletion', 3001, 6),
	userLock: kind('iam', 'user change', 3001, 9),
	factorOn: kind('iam', 'user change', 3001, 10),
	factorOff: kind('iam', 'user change', 3001, 11),
	userUnlock: kind('iam', 'user change', 3001, 12),
	userChange: kind('iam', 'user change', 3001, 99),

	grant: kind('iam', 'admin change', 3005, 1),
	revoke: kind('iam', 'admin change', 3005, 2),
	// "Assign privileges to a user": a role is a set of privileges. Groups are Keeper's teams.
	roleGrant: kind('iam', 'user change', 3005, 1),
	roleRevoke: kind('iam', 'user change', 3005, 2),
	// The same words: sharing a record or folder gives a user rights to it.
	share: kind('iam', 'change', 3005, 1),
	unshare: kind('iam', 'change', 3005, 2),
	shareChange: kind('iam', 'change', 3005, 99),
	// "Move or rename an existing managed entity": the vault changes hands.
	vaultMove: kind('iam', 'user change', 3004, 5),

	// "Assign privileges to a group"
	groupGrant: kind('iam', 'group admin change', 3006, 1),
	groupRevoke: kind('iam', 'group admin change', 3006, 2),
	teamShare: kind('iam', 'group change', 3006, 1),
	teamUnshare: kind('iam', 'group change', 3006, 2),
	teamShareChange: kind('iam', 'group change', 3006, 99),
	groupAddUser: kind('iam', 'group change', 3006, 3),
	groupRemoveUser: kind('iam', 'group change', 3006, 4),
	groupDelete: kind('iam', 'group deletion', 3006, 5),
	groupCreate: kind('iam', 'group creation', 3006, 6),

	// Entity Management: "activity by … a user at a management console" on an entity "such as a
	// user, device, or policy". Roles and all that administrators set up are such entities.
	roleCreate: kind('iam', 'admin creation', 3004, 1),
	roleChange: kind('iam', 'admin change', 3004, 3),
	roleDelete: kind('iam', 'admin deletion', 3004, 4),
	entityCreate: kind('configuration', 'creation', 3004, 1),
	entityUpdate: kind('configuration', 'change', 3004, 3),
	entityDelete: kind('configuration', 'deletion', 3004, 4),
	entityRename: kind('configuration', 'change', 3004, 5),
	entityEnroll: kind('configuration', 'creation', 3004, 6),
	entityUnenroll: kind('configuration', 'deletion', 3004, 7),
	entityEnable: kind('configuration', 'change', 3004, 8),
	entityDisable: kind('configuration', 'change', 3004, 9),
	entityStart: kind('configuration', 'change', 3004, 10),
	entityStop: kind('configuration', 'change', 3004, 11),
	entitySuspend: kind('configuration', 'change', 3004, 12),
	entityResume: kind('configuration', 'change', 3004, 13),
	notice: kind('configuration', 'info', 3004, 99),

	// "installation, removal, start, stop of an application or service"
	serviceStart: kind('process', 'start', 6002, 3),
	serviceStop: kind('process', 'end', 6002, 4),

	// API Activity: "general CRUD". Datastore Activity, where Datadog files records, requires a
	// database, bucket or table, and an event about a record names none of them.
	recordCreate: kind('file', 'creation', 6003, 1),
	recordRead: kind('file', 'access', 6003, 2),
	recordUpdate: kind('file', 'change', 6003, 3),
	recordDelete: kind('file', 'deletion', 6003, 4),
	messageCreate: kind('web', 'info', 6003, 1),
	messageRead: kind('web', 'access', 6003, 2),
	messageDelete: kind('web', 'info', 6003, 4),

	// "One or more web resources were shared." The class for shares that reach no known user, such
	// as one-time links; User Access Management requires a user "to which privileges were assigned".
	resourceShare: kind('file', 'change', 6001, 8),
	// "Deleted" would say that the record is gone, but only the share is.
	resourceUnshare: kind('file', 'change', 6001, 99),
	resourceShareChange: kind('file', 'change', 6001, 99),
	resourceCreate: kind('file', 'creation', 6001, 1),
	resourceRead: kind('file', 'access', 6001, 2),
	resourceDelete: kind('file', 'deletion', 6001, 4),
	// "One or more web resources were exported from an Application."
	resourceExport: kind('file', 'access', 6001, 7),
	resourceImport: kind('file', 'creation', 6001, 6),

	// "actions taken by file management applications": attachments are files.
	fileUpload: kind('file', 'creation', 6006, 1),
	fileDownload: kind('file', 'access', 6006, 2),
	fileDelete: kind('file', 'deletion', 6006, 4),
	filePreview: kind('file', 'access', 6006, 9),

	sessionStart: kind('session', 'start', 6003, 99),
	sessionEnd: kind('session', 'end', 6003, 99),
	sessionRecord: kind('session', 'info', 6003, 99),

	// "Scan events report the start, completion, and results of a scan job."
	scanStart: kind('host', 'info', 6007, 1),
	scanEnd: kind('host', 'info', 6007, 2),

	weakness: kind('vulnerability', 'info', 2004, 1),
	weaknessIgnored: kind('vulnerability', 'info', 2004, 2),
	weaknessResolved: kind('vulnerability', 'info', 2004, 3),
	threat: kind('intrusion_detection', 'info', 2004, 1),
	threatResolved: kind('intrusion_detection', 'info', 2004, 3),
	// "results of evaluations … to check compliance with … Security Standards". What became of a
	// benchmark stands in the event, and decides the activity.
	benchmark: kind('configuration', 'change', 2003, 2),
} satisfies Record<string, EventKind>;

export type EventKindName = keyof typeof EVENT_KINDS;
