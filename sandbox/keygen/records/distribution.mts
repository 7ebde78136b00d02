import type { View } from './view.mts';

export const distributionViews: Record<string, View> = {
	products: {
		attributes: 'name code distributionStrategy url platforms permissions@permissions metadata',
		many: 'policies licenses machines users packages releases artifacts tokens',
	},
	packages: { attributes: 'name key engine metadata', one: 'product', many: 'releases' },
	releases: {
		attributes: 'name description channel status tag version semver metadata backdated yanked',
		one: 'product package',
		many: 'entitlements constraints artifacts',
	},
	constraints: { attributes: '', one: 'release entitlement' },
	artifacts: {
		attributes: 'filename filetype filesize platform arch signature checksum status metadata',
		one: 'release',
	},
	engines: { attributes: 'name key' },
	platforms: { attributes: 'name key' },
	arches: { attributes: 'name key' },
	channels: { attributes: 'name key' },
};
