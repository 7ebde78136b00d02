import { randomUUID } from 'node:crypto';

import type { Call, Handler } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { pathOf } from '../records/paths.mts';
import { mustExist } from '../refusals/phrases.mts';
import { notFound } from '../refusals/not-found.mts';
import { refuseAll, unprocessable } from '../refusals/problems.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';

/** The one account of the sandbox, by id or slug. */
function account(call: Call): Item {
	const { account: own } = call.world;
	return [own.id, own.facts.slug].includes(call.params.account)
		? own
		: notFound('accounts', call.params.account);
}

export const showAccount: Handler = (call) => ({ status: 200, data: account(call) });

export const updateAccount: Handler = (call) => {
	const own = account(call);
	const { slug } = call.body.attributes;
	if (slug !== undefined && !/^[a-z0-9][a-z0-9-]*$/.test(slug))
		refuseAll([
			unprocessable(
				'can only contain lowercase letters, numbers and dashes (but cannot start with dash)',
				'SLUG_INVALID',
				'/data/attributes/slug',
			),
		]);
	Object.assign(own.facts, call.body.attributes);
	call.world.store.touch(own, call.now);
	emit(call, 'account.updated', own);
	return { status: 200, data: own };
};

/** Answers as the service does; the sandbox itself keeps its account. */
export const deleteAccount: Handler = (call) => {
	account(call);
	return { status: 204 };
};

export const createAccount: Handler = (call) => {
	const facts = {
		slug: `account-${call.now}`,
		name: null,
		protected: false,
		apiVersion: call.version,
		status: 'SUBSCRIBED',
		...call.body.attributes,
	};
	const data = call.world.store.add({ type: 'accounts', facts }, call.now);
	return { status: 201, data, headers: { location: pathOf(call.world, data) } };
};

/** Billing and plan are records of which there is one. */
function only(call: Call, type: string, facts: Record<string, unknown>): Item {
	return (
		call.world.store.all(type)[0] ??
		call.world.store.add({ type, facts, id: randomUUID() }, call.now)
	);
}

const billing = (call: Call) =>
	only(call, 'billings', {
		state: 'SUBSCRIBED',
		card: { expiry: null, brand: 'Visa', last4: '4242' },
	});
const plan = (call: Call) => only(call, 'plans', { name: 'Dev 0', price: 0, interval: 'month' });

export const showBilling: Handler = (call) => ({ status: 200, data: billing(call) });

export const updateBilling: Handler = (call) => {
	emit(call, 'account.billing.updated', billing(call));
	return { status: 202 };
};

export const showPlan: Handler = (call) => ({ status: 200, data: plan(call) });
export const listPlans: Handler = (call) => ({ status: 200, data: [plan(call)], links: {} });
export const showPlanById: Handler = (call) => {
	plan(call);
	return { status: 200, data: find(call, 'plans', call.params.id) };
};

export const changePlan: Handler = (call) => {
	const own = plan(call);
	if (call.body.linkage?.id !== own.id) refuseAll([mustExist('plan')]);
	emit(call, 'account.plan.updated', own);
	return { status: 200, data: own };
};

export function subscription(event: string): Handler {
	return (call) => {
		emit(call, `account.subscription.${event}`, call.world.account);
		return { status: 204 };
	};
}

export const manageSubscription: Handler = () => ({
	status: 200,
	meta: { url: 'https://billing.example.com/session' },
});

/** One blank, so that there is something to read. */
export const pong: Handler = () => ({
	status: 200,
	raw: { type: 'text/plain; charset=utf-8', body: ' ' },
});

/** 204 whatever happens, as for /recover. */
export const nothing =
	(status: number): Handler =>
	() => ({ status });
