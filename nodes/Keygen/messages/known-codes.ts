/** What is known of an error code: a plain sentence for what happened, and what to do. */
interface KnownCode {
	/** `{field}` is the field's name in quotes. Without it the service's own detail is shown. */
	message?: string;
	advice: string;
	/** The service's own detail, with its numbers and what is taken by what, is shown as well. */
	explained?: true;
}

const CREDENTIAL = "In the credential 'Keygen API',";

/** Codes about who asks. Nothing else will go through with the same credential. */
export const CREDENTIAL_CODES: Readonly<Record<string, KnownCode>> = {
	TOKEN_INVALID: {
		message: 'Keygen does not know the token',
		advice: `${CREDENTIAL} check the token: it may be revoked, or belong to another account or environment.`,
	},
	TOKEN_MISSING: {
		message: 'Keygen asks for a token, and none was sent',
		advice: `${CREDENTIAL} enter a token.`,
	},
	TOKEN_EXPIRED: {
		message: 'The token has expired',
		advice: `Make a new token in Keygen. ${CREDENTIAL} enter it.`,
	},
	TOKEN_FORMAT_INVALID: {
		message: 'What was given as the token is not one',
		advice: `${CREDENTIAL} enter the token itself, such as admin-…v3 or prod-…v3, not its ID.`,
	},
	TOKEN_NOT_ALLOWED: {
		message: "The license's policy does not allow tokens",
		advice:
			"Set the policy's 'Authentication Strategy' to Token or Mixed, or use a license key or another token in the credential.",
	},
	LICENSE_INVALID: {
		message: 'Keygen does not know the license key',
		advice: `${CREDENTIAL} check the license key.`,
	},
	LICENSE_NOT_ALLOWED: {
		message: "The license's policy does not allow signing in with the license key",
		advice:
			"Set the policy's 'Authentication Strategy' to License or Mixed, or use a token in the credential.",
	},
	LICENSE_SUSPENDED: {
		message: 'The license is suspended',
		advice: 'Reinstate the license, or use another credential.',
	},
	LICENSE_EXPIRED: {
		message: 'The license has expired',
		advice: 'Renew the license, or use another credential.',
	},
	LICENSE_BANNED: {
		message: "The license's user is banned",
		advice: 'Unban the user, or use another credential.',
	},
	USER_BANNED: {
		message: 'The user is banned',
		advice: 'Unban the user, or use a token of another user in the credential.',
	},
	SSO_REQUIRED: {
		message: 'The account asks for single sign-on',
		advice: 'Make a token in the Keygen dashboard and use it in the credential.',
	},
	ENVIRONMENT_INVALID: {
		message: 'Keygen does not know the environment',
		advice: `${CREDENTIAL} check 'Environment': the code or ID of an environment, or nothing.`,
	},
	ENVIRONMENT_NOT_SUPPORTED: {
		message: 'This Keygen server has no environments',
		advice: `${CREDENTIAL} clear 'Environment'. Environments need Keygen EE or Keygen Cloud.`,
	},
	INVALID_API_VERSION: {
		message: 'This Keygen server does not know the API version',
		advice: `${CREDENTIAL} set 'API Version' to 1.7. Version 1.8 needs a server of 1.5.0 at least.`,
	},
};

const NO_POOL: KnownCode = {
	message: 'The policy does not use a pool',
	advice: "Choose a policy that has 'Use Pool' on.",
};

const KNOWN_CODES: Readonly<Record<string, KnownCode>> = {
	...CREDENTIAL_CODES,
	EMAIL_REQUIRED: { message: 'No email was given', advice: "Enter 'Email'." },
	PASSWORD_REQUIRED: { message: 'No password was given', advice: "Enter 'Password'." },
	EMAIL_INVALID: {
		message: '{field} is not an email address, or belongs to no user',
		advice: 'Check the address.',
	},
	PASSWORD_INVALID: { message: 'The password is wrong', advice: 'Check the password.' },
	PASSWORD_NOT_SUPPORTED: {
		message: 'The user has no password',
		advice: "Start a reset with the resource 'Password' first.",
	},
	CREDENTIALS_INVALID: { message: 'Email or password is wrong', advice: 'Check both.' },
	OTP_REQUIRED: {
		message: 'The user has a second factor',
		advice: "Enter its current number as 'One-Time Password'.",
	},
	OTP_INVALID: {
		message: 'The one-time password is wrong or out of date',
		advice: 'Enter the current one.',
	},
	NOT_FOUND: {
		advice:
			"Check the ID, and that the credential's token may see the record: a product token sees only what belongs to its product.",
	},
	FINGERPRINT_TAKEN: {
		message: 'The fingerprint is taken already',
		explained: true,
		advice:
			"'Activate' finds a machine that is active on the same license. Elsewhere delete the other machine or component first, or change the policy's uniqueness strategy.",
	},
	MACHINE_LIMIT_EXCEEDED: {
		message: 'The machine limit of the license is reached',
		explained: true,
		advice:
			"Delete a machine of the license, or raise 'Max Machines' of the license or its policy.",
	},
	MACHINE_CORE_LIMIT_EXCEEDED: {
		message: 'The core limit of the license would be exceeded',
		explained: true,
		advice: "Raise 'Max Cores' of the license or its policy.",
	},
	MACHINE_MEMORY_LIMIT_EXCEEDED: {
		message: 'The memory limit of the license would be exceeded',
		explained: true,
		advice: "Raise 'Max Memory' of the license or its policy.",
	},
	MACHINE_DISK_LIMIT_EXCEEDED: {
		message: 'The disk limit of the license would be exceeded',
		explained: true,
		advice: "Raise 'Max Disk' of the license or its policy.",
	},
	MACHINE_PROCESS_LIMIT_EXCEEDED: {
		message: 'The process limit of the license is reached',
		explained: true,
		advice: "Delete a process, or raise 'Max Processes' of the license or its policy.",
	},
	USER_LIMIT_EXCEEDED: {
		message: 'The user limit of the license would be exceeded',
		explained: true,
		advice: "Detach a user of the license, or raise 'Max Users' of the license or its policy.",
	},
	USES_LIMIT_EXCEEDED: {
		message: 'The usage limit of the license would be exceeded',
		explained: true,
		advice: "Reset its usage, or raise 'Max Uses' of the license or its policy.",
	},
	ACCOUNT_ALU_LIMIT_EXCEEDED: {
		message: "The account's plan has no licensed user left",
		advice: 'Change the plan of the Keygen account.',
	},
	ACCOUNT_RELEASE_LIMIT_EXCEEDED: {
		message: "The account's plan has no release left",
		advice: 'Change the plan of the Keygen account.',
	},
	ACCOUNT_ADMINS_REQUIRED: {
		message: 'An account needs an admin, and this is the last one',
		advice: 'Make another user an admin first.',
	},
	MACHINE_HEARTBEAT_DEAD: {
		message: 'The machine is dead: its heartbeat stopped for too long',
		advice:
			"Delete it and activate it anew, or let the policy's 'Heartbeat Resurrection Strategy' revive it.",
	},
	PROCESS_HEARTBEAT_DEAD: {
		message: 'The process is dead: its heartbeat stopped for too long',
		advice: 'Delete it and create it anew.',
	},
	POLICY_POOL_EMPTY: {
		message: "The policy's pool has no key left",
		advice: "Add keys with the resource 'Key'.",
	},
	POLICY_POOL_NOT_SUPPORTED: NO_POOL,
	POLICY_NOT_SUPPORTED: NO_POOL,
	POLICY_NOT_COMPATIBLE: {
		advice: 'Choose a policy of the same product with the same scheme and the same kind of keys.',
	},
	PERMISSIONS_NOT_ALLOWED: {
		message: '{field} holds a permission that is not known or not to be given here',
		advice: "Check their names, such as license.validate; none can go beyond the token's own.",
	},
	ID_CONFLICT: {
		message: 'A record with this ID exists already',
		advice: "Leave 'ID' empty, and the node makes one.",
	},
	URL_PROTOCOL_INVALID: {
		message: '{field} must be a web address that starts with https://',
		advice:
			'Enter a whole address such as https://example.com/path. Events go to https addresses only.',
	},
	URL_HOST_INVALID: {
		message: '{field} must name a public host',
		advice:
			'Keygen takes neither localhost nor IP addresses. For tests use a tunnel with a public name.',
	},
	SUBSCRIPTIONS_NOT_ALLOWED: {
		message: '{field} holds an event that this server does not know',
		advice:
			"Choose events from the list; '*' stands for all and goes alone. Older servers know fewer events.",
	},
	SUBSCRIPTIONS_TOO_SHORT: {
		message: '{field} must hold one event at least',
		advice: "Choose an event, or '*' for all.",
	},
	KEY_NOT_SUPPORTED: {
		message: 'A key cannot be given here',
		advice: "Leave 'Key' empty: the policy takes keys from its pool or makes them itself.",
	},
	VERSION_CHANNEL_INVALID: {
		message: 'Version and channel do not fit',
		advice:
			'1.0.0 is for Stable, 1.0.0-rc.1 for Release Candidate, 1.0.0-beta.1 for Beta, 1.0.0-alpha.1 for Alpha.',
	},
	VERSION_INVALID: {
		message: '{field} is not a semantic version',
		advice: 'Enter one such as 1.0.0 or 1.2.0-beta.1.',
	},
	FILENAME_EXTENSION_INVALID: {
		message: "'Filename' and 'Filetype' do not fit",
		advice:
			"Enter the ending of the name as 'Filetype', such as dmg. Without it the artifact has none, and filters for it do not find the artifact.",
	},
	CHECKOUT_TTL_INVALID: {
		message: "'Time to Live (Seconds)' is too short",
		advice: 'Enter 3600 at least.',
	},
	CHECKOUT_INCLUDE_INVALID: {
		message: "'Include' holds something that cannot be put in the file",
		advice: 'Choose from the list.',
	},
	CHECKOUT_ALGORITHM_INVALID: {
		message: "'Algorithm' does not fit",
		advice:
			"Take one that starts with aes-256-gcm where 'Encrypt' is on, and one with base64 where it is off.",
	},
	TOO_MANY_REQUESTS: {
		message: 'Keygen asks for fewer requests',
		advice: "Lower 'Requests at a Time' under 'Options', or run it later.",
	},
	UNAUTHORIZED: { advice: 'Check the credential, and whether what was given belongs to it.' },
};

/** By the end of a code, where the code itself is not known. Checked in order. */
const ENDINGS: Array<[ending: string, known: KnownCode]> = [
	[
		'_TAKEN',
		{
			message: '{field} is taken already',
			advice: 'Enter another value, or change the record that has it.',
		},
	],
	[
		'_NOT_FOUND',
		{
			message: '{field} does not exist',
			advice: 'Check the ID, and that the record belongs to the same account and environment.',
		},
	],
	['_LIMIT_EXCEEDED', { advice: 'Raise the limit, or make room.' }],
	['_MISSING', { message: '{field} must not be empty', advice: 'Enter a value.' }],
	['_TOO_SHORT', { advice: 'Enter a longer value.' }],
	['_TOO_LONG', { advice: 'Enter a shorter value.' }],
	['_BYTE_SIZE_EXCEEDED', { message: '{field} is too long', advice: 'Enter a shorter value.' }],
];

/** Of refusals without a code, by their detail. */
const DETAILS: Readonly<Record<string, KnownCode>> = {
	'pool is empty': KNOWN_CODES.POLICY_POOL_EMPTY,
	'pool is not supported': KNOWN_CODES.POLICY_POOL_NOT_SUPPORTED,
};

/** What is known of a refusal without a code, or undefined. */
export function knownDetail(detail = ''): KnownCode | undefined {
	return Object.hasOwn(DETAILS, detail) ? DETAILS[detail] : undefined;
}

/** What is known of a code, or undefined. */
export function knownCode(code: string | undefined): KnownCode | undefined {
	if (code === undefined) return undefined;
	return KNOWN_CODES[code] ?? ENDINGS.find(([ending]) => code.endsWith(ending))?.[1];
}
