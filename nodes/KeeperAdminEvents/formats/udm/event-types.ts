import type { EventKindName } from '../../catalogue/event-kinds';

/** Kinds of acts by the event type of Google's Unified Data Model. All others are generic events. */
const KINDS = {
	USER_LOGIN: ['logon'],
	USER_LOGOUT: ['logoff'],
	USER_CREATION: ['userCreate'],
	USER_DELETION: ['userDelete'],
	USER_CHANGE_PASSWORD: ['passwordChange', 'passwordReset'],
	USER_CHANGE_PERMISSIONS: ['grant', 'revoke', 'roleGrant', 'roleRevoke'],
	// "User activity which does not match any of the other event types"
	USER_UNCATEGORIZED: [
		'reauthenticate',
		'userEnable',
		'userLock',
		'userUnlock',
		'userChange',
		'factorOn',
		'factorOff',
	],
	GROUP_CREATION: ['groupCreate'],
	GROUP_DELETION: ['groupDelete'],
	GROUP_MODIFICATION: ['groupGrant', 'groupRevoke', 'groupAddUser', 'groupRemoveUser'],
	USER_RESOURCE_CREATION: [
		'roleCreate',
		'entityCreate',
		'entityEnroll',
		'recordCreate',
		'resourceCreate',
		'resourceImport',
		'fileUpload',
	],
	USER_RESOURCE_ACCESS: [
		'recordRead',
		'resourceRead',
		'resourceExport',
		'fileDownload',
		'filePreview',
		'sessionStart',
		'sessionEnd',
		'sessionRecord',
	],
	USER_RESOURCE_UPDATE_CONTENT: [
		'roleChange',
		'entityUpdate',
		'entityRename',
		'entityEnable',
		'entityDisable',
		'entityStart',
		'entityStop',
		'entitySuspend',
		'entityResume',
		'recordUpdate',
	],
	USER_RESOURCE_UPDATE_PERMISSIONS: [
		'share',
		'unshare',
		'shareChange',
		'teamShare',
		'teamUnshare',
		'teamShareChange',
		'resourceShare',
		'resourceUnshare',
		'resourceShareChange',
		'vaultMove',
	],
	USER_RESOURCE_DELETION: [
		'roleDelete',
		'entityDelete',
		'entityUnenroll',
		'recordDelete',
		'resourceDelete',
		'fileDelete',
	],
	// "User initiating communication through a medium"
	USER_COMMUNICATION: ['messageCreate', 'messageRead', 'messageDelete'],
} as const satisfies Record<string, readonly EventKindName[]>;

export type UdmEventType = keyof typeof KINDS | 'GENERIC_EVENT';

const TYPES = new Map<string, UdmEventType>(
	Object.entries(KINDS).flatMap(([type, kinds]) =>
		kinds.map((kind): [string, UdmEventType] => [kind, type as UdmEventType]),
	),
);

/** The event type of a kind of acts; of unknown events none is known. */
export const udmTypeOf = (kind: EventKindName | undefined): UdmEventType =>
	(kind && TYPES.get(kind)) ?? 'GENERIC_EVENT';
