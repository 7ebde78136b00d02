import type { Role } from './roles.mts';

/** What clients and products may do by default, as far as another rule can still refuse it. */
const held: Partial<Record<Role, string[]>> = {
	user: words(
		'license.read license.create license.delete license.renew license.revoke license.validate license.check-in ' +
			'license.check-out license.usage.increment license.increment-usage machine.read machine.create machine.update ' +
			'machine.delete machine.ping machine.check-out machine.generate-offline-proof component.read component.create ' +
			'component.update component.delete process.read process.create process.update process.delete process.ping ' +
			'user.read user.update user.create token.read token.generate entitlement.read group.read release.read ' +
			'artifact.read package.read search.create license.policy.update license.users.attach license.users.detach',
	),
	license: words(
		'license.read license.validate license.check-in license.check-out license.usage.increment license.increment-usage ' +
			'machine.read machine.create machine.update machine.delete machine.ping machine.check-out ' +
			'machine.generate-offline-proof component.read component.create component.update component.delete process.read ' +
			'process.create process.update process.delete process.ping token.read token.generate entitlement.read ' +
			'group.read release.read artifact.read package.read search.create',
	),
	product: words('product.read product.update product.delete search.create user.read user.delete'),
};

/** Told apart from a rule about one record only in the words of the refusal. */
export function holds(role: Role, permission: string): boolean {
	const own = held[role];
	return own ? own.includes(permission) : ['search.create'].includes(permission);
}

function words(text: string): string[] {
	return text.split(' ');
}
