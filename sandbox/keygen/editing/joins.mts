import { visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { parentOf } from '../call/finding.mts';
import { linkedId } from '../notation/body.mts';
import { attached, mustExist, relationship } from '../refusals/phrases.mts';
import { refuse, refuseAll, refuseFor, unprocessable } from '../refusals/problems.mts';
import { refuseTooManyUsers, refuseUser } from '../rules/licensing/people.mts';
import { removeAll } from '../state/cascade.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { singular } from '../wire/names.mts';

/** How a list of linkages hangs on its parent. */
export interface Join {
	/** Type of the parent, of what is attached, and of the record between them. */
	parent: string;
	target: string;
	join: string;
	/** Plural name in paths and events. */
	segment: string;
	mayAttach?: (call: Call, parent: Item, target: Item) => void;
	mayDetach?: (call: Call, parent: Item, target: Item, index: number) => void;
	/** What a detach of one that is not attached says. */
	notAttached: (id: string) => string;
	/** Asked once with how many are to be attached. */
	mayGrow?: (call: Call, parent: Item, added: number) => void;
}

export const licenseUsers: Join = {
	parent: 'licenses',
	target: 'users',
	join: 'license-users',
	segment: 'users',
	mayAttach: refuseUser,
	mayGrow: refuseTooManyUsers,
	mayDetach(_, license, user, index) {
		if (license.links.owner === user.id)
			refuse(403, `cannot detach user '${user.id}' (user is attached through owner)`, {
				pointer: `/data/${index}`,
			});
	},
	notAttached: (id) => `cannot detach user '${id}' (user is not attached)`,
};

export const licenseEntitlements: Join = {
	parent: 'licenses',
	target: 'entitlements',
	join: 'license-entitlements',
	segment: 'entitlements',
	mayAttach(call, license, entitlement) {
		if (!inheritedFromPolicy(call, license, entitlement)) return;
		refuseAll([
			unprocessable(
				'already exists (entitlement is attached through policy)',
				'ENTITLEMENT_CONFLICT',
				relationship('entitlement'),
			),
		]);
	},
	mayDetach(call, license, entitlement, index) {
		if (inheritedFromPolicy(call, license, entitlement))
			refuse(
				403,
				`cannot detach entitlement '${entitlement.id}' (entitlement is attached through policy)`,
				{ pointer: `/data/${index}` },
			);
	},
	notAttached: (id) => `cannot detach entitlement '${id}' (entitlement is not attached)`,
};

export const policyEntitlements: Join = {
	parent: 'policies',
	target: 'entitlements',
	join: 'policy-entitlements',
	segment: 'entitlements',
	notAttached: licenseEntitlements.notAttached,
};
export const groupOwners: Join = {
	parent: 'groups',
	target: 'users',
	join: 'group-owners',
	segment: 'owners',
	notAttached: (id) => `owner relationship for user '${id}' not found`,
};

function inheritedFromPolicy(call: Call, license: Item, entitlement: Item): boolean {
	return call.world.store
		.children('policy-entitlements', 'policy', license.links.policy ?? '')
		.some((join) => join.links.entitlement === entitlement.id);
}

/** POST of linkages: all of them or none. */
export function attach(kind: Join): Handler {
	return (call) => {
		const { store } = call.world;
		const parent = parentOf(call, kind.parent);
		const name = singular(kind.target);
		kind.mayGrow?.(call, parent, call.body.members.length);
		const targets = call.body.members.map(({ id }, index) => {
			const target = store.get(kind.target, id);
			if (!target || !visible(call, target)) return refuseFor(mustExist(name));
			const twice = call.body.members.slice(0, index).some((other) => other.id === id);
			if (twice || joinOf(call, kind, parent, id)) refuseAll([attached(name)]);
			kind.mayAttach?.(call, parent, target);
			return target;
		});
		const joins = targets.map((target) => {
			const links = { [singular(kind.parent)]: parent.id, [name]: target.id };
			return store.add({ type: kind.join, links, environment: parent.environment }, call.now);
		});
		emit(call, `${singular(kind.parent)}.${kind.segment}.attached`, joins);
		return { status: 200, data: joins, links: {} };
	};
}

/** DELETE of linkages: 422 when one of them is not attached. */
export function detach(kind: Join): Handler {
	return (call) => {
		const parent = parentOf(call, kind.parent);
		const joins = call.body.members.map(({ id }, index) => {
			const target = call.world.store.get(kind.target, id);
			if (target) kind.mayDetach?.(call, parent, target, index);
			const join = joinOf(call, kind, parent, id);
			return join ?? refuse(422, kind.notAttached(id), { pointer: `/data/${index}` });
		});
		emit(call, `${singular(kind.parent)}.${kind.segment}.detached`, joins);
		for (const join of joins) removeAll(call.world.store, join);
		return { status: 204 };
	};
}

function joinOf(call: Call, kind: Join, parent: Item, id: string): Item | undefined {
	const name = singular(kind.target);
	return call.world.store
		.children(kind.join, singular(kind.parent), parent.id)
		.find((join) => join.links[name] === id);
}

/** POST of constraints on a release: each names an entitlement. */
export const attachConstraints: Handler = (call) => {
	const release = parentOf(call, 'releases');
	const present = new Set(
		call.world.store
			.children('constraints', 'release', release.id)
			.map((item) => item.links.entitlement),
	);
	const ids = call.body.members.map((member) => {
		const id = linkedId(member, 'entitlement');
		if (!call.world.store.get('entitlements', id)) refuseAll([mustExist('entitlement')]);
		if (present.has(id)) refuseAll([attached('entitlement')]);
		present.add(id);
		return id;
	});
	const items = ids.map((entitlement) =>
		call.world.store.add(
			{
				type: 'constraints',
				links: { release: release.id, entitlement },
				environment: release.environment,
			},
			call.now,
		),
	);
	emit(call, 'release.constraints.attached', items);
	return { status: 200, data: items, links: {} };
};

export const detachConstraints: Handler = (call) => {
	const release = parentOf(call, 'releases');
	const items = call.body.members.map(({ id }, index) => {
		const item = call.world.store.get('constraints', id);
		if (!item || related(call.world, item, 'release') !== release)
			return refuse(422, `cannot detach constraint '${id}' (constraint is not attached)`, {
				pointer: `/data/${index}`,
			});
		return item;
	});
	emit(call, 'release.constraints.detached', items);
	for (const item of items) removeAll(call.world.store, item);
	return { status: 204 };
};
