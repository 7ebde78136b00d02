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
	share: kind('iam', 'change', 3005, 1),
	unshare: kind('iam', 'change', 3005, 2),
	shareChange: kind('iam', 'change', 3005, 99),

	groupGrant: kind('iam', 'group admin change', 3006, 1),
	groupRevoke: kind('iam', 'group admin change', 3006, 2),
	groupAddUser: kind('iam', 'group change', 3006, 3),
	groupRemoveUser: kind('iam', 'group change', 3006, 4),
	groupDelete: kind('iam', 'group deletion', 3006, 5),
	groupCreate: kind('iam', 'group creation', 3006, 6),
	groupAddGroup: kind('iam', 'group change', 3006, 7),
	groupRemoveGroup: kind('iam', 'group change', 3006, 8),
	groupChange: kind('iam', 'group change', 3006, 99),

	entityCreate: kind('configuration', 'creation', 3004, 1),
	entityRead: kind('configuration', 'access', 3004, 2),
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

	recordCreate: kind('file', 'creation', 6003, 1),
	recordRead: kind('file', 'access', 6003, 2),
	recordUpdate: kind('file', 'change', 6003, 3),
	recordDelete: kind('file', 'deletion', 6003, 4),
	messageCreate: kind('web', 'info', 6003, 1),
	messageRead: kind('web', 'access', 6003, 2),
	messageDelete: kind('web', 'info', 6003, 4),

	fileUpload: kind('file', 'creation', 6006, 1),
	fileDownload: kind('file', 'access', 6006, 2),
	fileDelete: kind('file', 'deletion', 6006, 4),
	filePreview: kind('file', 'access', 6006, 9),

	sessionStart: kind('session', 'start', 6003, 99),
	sessionEnd: kind('session', 'end', 6003, 99),
	sessionRecord: kind('session', 'info', 6003, 99),

	weakness: kind('vulnerability', 'info', 2004, 1),
	weaknessIgnored: kind('vulnerability', 'info', 2004, 2),
	weaknessResolved: kind('vulnerability', 'info', 2004, 3),
	threat: kind('intrusion_detection', 'info', 2004, 1),
	threatResolved: kind('intrusion_detection', 'info', 2004, 3),
} satisfies Record<string, EventKind>;

export type EventKindName = keyof typeof EVENT_KINDS;
