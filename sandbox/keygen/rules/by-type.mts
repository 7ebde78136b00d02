import {
	entitlementRules,
	environmentRules,
	keyRules,
	productRules,
	settingRules,
} from './account-items.mts';
import { artifactRules, packageRules, releaseRules } from './distribution.mts';
import { groupRules } from './groups.mts';
import { licenseRules } from './licenses.mts';
import { componentRules, processRules } from './machine-parts.mts';
import { machineRules } from './machines.mts';
import { userRules } from './people.mts';
import { policyRules } from './policies.mts';
import type { Rules } from './rules.mts';
import { endpointRules } from './webhook-endpoints.mts';

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
