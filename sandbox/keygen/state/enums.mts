/** Choices of an attribute, the default first unless said otherwise. */
export const policyChoices: Record<string, string[]> = {
	machineUniquenessStrategy: [
		'UNIQUE_PER_LICENSE',
		'UNIQUE_PER_ACCOUNT',
		'UNIQUE_PER_PRODUCT',
		'UNIQUE_PER_POLICY',
	],
	componentUniquenessStrategy: [
		'UNIQUE_PER_MACHINE',
		'UNIQUE_PER_ACCOUNT',
		'UNIQUE_PER_PRODUCT',
		'UNIQUE_PER_POLICY',
		'UNIQUE_PER_LICENSE',
	],
	machineMatchingStrategy: ['MATCH_ANY', 'MATCH_TWO', 'MATCH_MOST', 'MATCH_ALL'],
	componentMatchingStrategy: ['MATCH_ANY', 'MATCH_TWO', 'MATCH_MOST', 'MATCH_ALL'],
	expirationStrategy: ['RESTRICT_ACCESS', 'REVOKE_ACCESS', 'MAINTAIN_ACCESS', 'ALLOW_ACCESS'],
	expirationBasis: [
		'FROM_CREATION',
		'FROM_FIRST_VALIDATION',
		'FROM_FIRST_ACTIVATION',
		'FROM_FIRST_DOWNLOAD',
		'FROM_FIRST_USE',
	],
	renewalBasis: ['FROM_EXPIRY', 'FROM_NOW', 'FROM_NOW_IF_EXPIRED'],
	transferStrategy: ['KEEP_EXPIRY', 'RESET_EXPIRY'],
	authenticationStrategy: ['TOKEN', 'LICENSE', 'SESSION', 'MIXED', 'NONE'],
	heartbeatCullStrategy: ['DEACTIVATE_DEAD', 'KEEP_DEAD'],
	heartbeatResurrectionStrategy: [
		'NO_REVIVE',
		'1_MINUTE_REVIVE',
		'2_MINUTE_REVIVE',
		'5_MINUTE_REVIVE',
		'10_MINUTE_REVIVE',
		'15_MINUTE_REVIVE',
		'ALWAYS_REVIVE',
	],
	machineLeasingStrategy: ['PER_LICENSE', 'PER_USER'],
	processLeasingStrategy: ['PER_MACHINE', 'PER_LICENSE', 'PER_USER'],
	overageStrategy: [
		'NO_OVERAGE',
		'ALWAYS_ALLOW_OVERAGE',
		'ALLOW_1_25X_OVERAGE',
		'ALLOW_1_5X_OVERAGE',
		'ALLOW_2X_OVERAGE',
	],
};

/** Choices without a fixed default. */
export const heartbeatBases = ['FROM_CREATION', 'FROM_FIRST_PING'];
export const checkInIntervals = ['day', 'week', 'month', 'year'];
export const schemes = [
	'LEGACY_ENCRYPT',
	'RSA_2048_PKCS1_ENCRYPT',
	'RSA_2048_PKCS1_SIGN',
	'RSA_2048_PKCS1_PSS_SIGN',
	'RSA_2048_JWT_RS256',
	'RSA_2048_PKCS1_SIGN_V2',
	'RSA_2048_PKCS1_PSS_SIGN_V2',
	'ED25519_SIGN',
	'ECDSA_P256_SIGN',
];

/** Those of other resources. */
export const distributionStrategies = ['LICENSED', 'OPEN', 'CLOSED'];
export const isolationStrategies = ['ISOLATED', 'SHARED'];
export const channels = ['stable', 'rc', 'beta', 'alpha', 'dev'];
export const engines = ['pypi', 'tauri', 'raw', 'rubygems', 'npm', 'oci'];
export const settingKeys = ['default_license_permissions', 'default_user_permissions'];
export const signatureAlgorithms = ['ed25519', 'rsa-pss-sha256', 'rsa-sha256', 'ecdsa-p256'];
