import { entitlementRules, environmentRules, settingRules } from './account/items.mts';
import { endpointRules } from './account/webhook-endpoints.mts';
import { artifactRules } from './distribution/artifacts.mts';
import { packageRules } from './distribution/packages.mts';
import { productRules } from './distribution/products.mts';
import { releaseRules } from './distribution/releases.mts';
import { groupRules } from './licensing/groups.mts';
import { licenseRules } from './licensing/licenses.mts';
import { componentRules, processRules } from './licensing/machine-parts.mts';
import { machineRules } from './licensing/machines.mts';
import { userRules } from './licensing/people.mts';
import { policyRules } from './licensing/policies.mts';
import { keyRules } from './licensing/pool-keys.mts';
import type { Rules } from './rules.mts';

/** The rules of each type; types without an entry have none. */
export const rules: Record<string, Rules> = {
	products: productRules,
	entitlements: entitlementRules,
	environments: environmentRules,
	settings: settingRules,
	keys: keyRules,
	groups: groupRules,
	policies: policyRules,
	users: userRules,
	licenses: licenseRules,
	machines: machineRules,
	components: componentRules,
	processes: processRules,
	packages: packageRules,
	releases: releaseRules,
	artifacts: artifactRules,
	'webhook-endpoints': endpointRules,
};
