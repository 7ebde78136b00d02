import type { Row } from '../row.mts';
import { accountRows, searchRows } from './accounts.mts';
import { analyticsRows } from './analytics.mts';
import { entitlementRows } from './entitlements.mts';
import { environmentRows } from './environments.mts';
import { groupRows } from './groups.mts';
import { keyRows } from './keys.mts';
import { licenseRows } from './licenses.mts';
import { logRows } from './logs.mts';
import { componentRows, machineRows, processRows } from './machines.mts';
import { policyRows } from './policies.mts';
import { productRows } from './products.mts';
import { artifactRows, derivedRows, packageRows, releaseRows } from './releases.mts';
import { tokenRows } from './tokens.mts';
import { profileRows, secondFactorRows, userRows } from './users.mts';
import { webhookEndpointRows, webhookEventRows } from './webhooks.mts';

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
