import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, update } from '../../editing/changing.mts';
import {
	changePlan,
	createAccount,
	deleteAccount,
	listPlans,
	manageSubscription,
	nothing,
	pong,
	showAccount,
	showBilling,
	showPlan,
	showPlanById,
	subscription,
	updateAccount,
	updateBilling,
} from '../../handlers/accounts.mts';
import { search } from '../../handlers/search.mts';
import { oneOf } from '../../notation/linkages.mts';
import { list, show } from '../../reading/reading.mts';
import { admins } from './environments.mts';

const cloud = { multiplayer: true };
/** Settings are below the account only. */
const settings = { since: '1.6.0', accountOnly: true };
const versions = '∈{1.0,1.1,1.2,1.3,1.4,1.5,1.6,1.7,1.8}';

const change = (name: string, event: string) =>
	row(`POST /actions/${name}-subscription`, 'admin', subscription(event), cloud);

export const searchRows: Row[] = [
	row('POST /search', 'admin,developer,read-only,sales-agent,support-agent', search, {
		meta: 'type: string; op?: string; query: object (filled)',
	}),
];

export const accountRows: Row[] = [
	row('GET /v1/accounts/{account}', 'READERS', showAccount),
	row('POST /v1/accounts', 'ANYONE', createAccount, {
		...cloud,
		type: 'accounts',
		attributes: '? name?: string; slug?: string; protected?: boolean',
		relationships: 'plan→{plans}',
		embedded: { admins },
		meta: '? referral?: string',
	}),
	row('PATCH|PUT /v1/accounts/{account}', 'admin', updateAccount, {
		type: 'accounts',
		id: 'ignored',
		attributes: `name?: string; slug?: string; apiVersion?: string ${versions}; protected?: boolean`,
	}),
	row('DELETE /v1/accounts/{account}', 'admin', deleteAccount),
	row('GET /settings', 'ADMINS,read-only', list('settings'), settings),
	row('GET /settings/{id}', 'ADMINS,read-only', show('settings'), settings),
	row('POST /settings', 'ADMINS', create('settings'), {
		...settings,
		type: 'settings',
		attributes: 'key: string; value: any',
	}),
	row('PATCH|PUT /settings/{id}', 'ADMINS', update('settings'), {
		...settings,
		type: 'settings',
		id: 'ignored',
		attributes: 'value: any',
	}),
	row('DELETE /settings/{id}', 'ADMINS', destroy('settings'), settings),
	row('GET /billing', 'admin', showBilling, cloud),
	row('PATCH|PUT /billing', 'admin', updateBilling, {
		...cloud,
		type: 'billings',
		attributes: 'token?: string; coupon?: string',
	}),
	row('GET /plan', 'admin', showPlan, cloud),
	row('PATCH|PUT /plan', 'admin', changePlan, { ...cloud, ...oneOf('plans', false) }),
	row('POST /actions/manage-subscription', 'admin', manageSubscription, cloud),
	change('pause', 'paused'),
	change('resume', 'resumed'),
	change('cancel', 'canceled'),
	change('renew', 'renewed'),
	row('GET /v1/plans', 'ANYONE', listPlans, cloud),
	row('GET /v1/plans/{id}', 'ANYONE', showPlanById, cloud),
	row('POST /v1/recover', 'ANYONE', nothing(204), {
		meta: 'type: string ∈{account}; email: string',
	}),
	row('GET /ping', 'ANYONE', pong, { unidentified: true }),
	row('GET /v1/health', 'ANYONE', nothing(204), { unidentified: true }),
	row('GET /v1/health/webhooks', 'ANYONE', nothing(204), { unidentified: true }),
];
