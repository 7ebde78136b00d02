import type { Row } from '../call/row.mts';
import { accountRows, searchRows } from './admin/accounts.mts';
import { analyticsRows } from './admin/analytics.mts';
import { environmentRows } from './admin/environments.mts';
import { logRows } from './admin/logs.mts';
import { tokenRows } from './admin/tokens.mts';
import { webhookEndpointRows, webhookEventRows } from './admin/webhooks.mts';
import { productRows } from './distribution/products.mts';
import { artifactRows, derivedRows, packageRows, releaseRows } from './distribution/releases.mts';
import { entitlementRows } from './licensing/entitlements.mts';
import { groupRows } from './licensing/groups.mts';
import { keyRows } from './licensing/keys.mts';
import { licenseRows } from './licensing/licenses.mts';
import { componentRows, machineRows, processRows } from './licensing/machines.mts';
import { policyRows } from './licensing/policies.mts';
import { profileRows, secondFactorRows, userRows } from './licensing/users.mts';

/** Every route of the sandbox with what it accepts. */
export const allRows: Row[] = [
	...tokenRows,
	...productRows,
	...entitlementRows,
	...groupRows,
	...policyRows,
	...userRows,
	...secondFactorRows,
	...profileRows,
	...licenseRows,
	...machineRows,
	...componentRows,
	...processRows,
	...keyRows,
	...packageRows,
	...releaseRows,
	...artifactRows,
	...derivedRows,
	...webhookEndpointRows,
	...webhookEventRows,
	...logRows,
	...environmentRows,
	...searchRows,
	...accountRows,
	...analyticsRows,
];
