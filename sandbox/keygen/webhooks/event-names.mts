/** The events that a fresh server knows: 115 names, by the resource that they are about. */
export const eventNames: Record<string, string> = {
	account:
		'billing.updated plan.updated settings.created settings.deleted settings.updated subscription.canceled subscription.paused ' +
		'subscription.renewed subscription.resumed updated',
	artifact:
		'created deleted downloaded updated upload.failed upload.processing upload.succeeded uploaded',
	component: 'created deleted updated',
	entitlement: 'created deleted updated',
	environment: 'created deleted updated',
	group: 'created deleted updated',
	key: 'created deleted updated',
	license:
		'check-in-overdue check-in-required-soon checked-in checked-out created deleted entitlements.attached entitlements.detached ' +
		'expired expiring-soon group.updated owner.updated policy.updated reinstated renewed revoked suspended updated usage.decremented ' +
		'usage.incremented usage.reset user.updated users.attached users.detached validated validation.failed validation.succeeded',
	machine:
		'checked-out created deleted group.updated heartbeat.dead heartbeat.ping heartbeat.pong heartbeat.reset heartbeat.resurrected ' +
		'owner.updated proofs.generated updated',
	package: 'created deleted updated',
	policy: 'created deleted entitlements.attached entitlements.detached pool.popped updated',
	process: 'created deleted heartbeat.dead heartbeat.ping heartbeat.pong',
	product: 'created deleted updated',
	release:
		'constraints.attached constraints.detached created deleted downloaded package.updated published replaced updated upgraded uploaded yanked',
	'second-factor': 'created deleted disabled enabled',
	token: 'generated regenerated revoked',
	user: 'banned created deleted group.updated password-reset unbanned updated',
};

/** All of them in full, e.g. `license.created`. */
export const allEvents: string[] = Object.entries(eventNames).flatMap(([resource, names]) =>
	names.split(' ').map((name) => `${resource}.${name}`),
);

const plurals: Record<string, string> = {
	entitlement: 'entitlements',
	policy: 'policies',
	process: 'processes',
	'second-factor': 'second-factors',
};

/** Types of events whose payload is not the resource that they are named after. */
const otherTypes: Record<string, string> = {
	'account.billing.updated': 'billings',
	'account.plan.updated': 'plans',
	'account.settings.created': 'settings',
	'account.settings.deleted': 'settings',
	'account.settings.updated': 'settings',
	'license.entitlements.attached': 'license-entitlements',
	'license.entitlements.detached': 'license-entitlements',
	'license.users.attached': 'license-users',
	'license.users.detached': 'license-users',
	'policy.entitlements.attached': 'policy-entitlements',
	'policy.entitlements.detached': 'policy-entitlements',
	'policy.pool.popped': 'keys',
	'release.constraints.attached': 'constraints',
	'release.constraints.detached': 'constraints',
	'group.owners.attached': 'group-owners',
	'group.owners.detached': 'group-owners',
	'license.checked-out': 'licenses',
};

/** The type of the resource in an event's payload, and whether the payload is a list. */
export function payloadOf(event: string): { type: string; list: boolean } {
	const resource = event.split('.')[0];
	return {
		type: otherTypes[event] ?? plurals[resource] ?? `${resource}s`,
		list: /\.(attached|detached)$/.test(event),
	};
}
