import { accountViews } from './accounts.mts';
import { distributionViews } from './distribution.mts';
import { eventViews } from './events.mts';
import { licensingViews } from './licensing.mts';
import { machineViews } from './machines.mts';
import type { View } from './view.mts';

/** What each type shows. */
export const views: Record<string, View> = {
	...accountViews,
	...licensingViews,
	...machineViews,
	...distributionViews,
	...eventViews,
};

/** Types that stand outside any environment and so show no such relationship. */
export const withoutEnvironment = new Set([
	'accounts',
	'environments',
	'settings',
	'billings',
	'plans',
	'engines',
	'platforms',
	'arches',
	'channels',
	'event-logs',
	'request-logs',
]);
