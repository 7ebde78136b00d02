import type { View } from './view.mts';

export const distributionViews: Record<string, View> = {
	products: {
		attributes: 'name code distributionStrategy url platforms permissions@permissions metadata',
		many: 'policies licenses machines users tokens platforms channels releases artifacts',
	},
	packages: { attributes: 'name key engine metadata', direct: 'product', link: 'related' },
	releases: {
		attributes: 'name description channel status tag version semver metadata backdated yanked',
		one: 'product package',
		many: 'entitlements constraints artifacts upgrade',
	},
	constraints: {
		attributes: '',
		direct: 'release entitlement',
		link: 'related',
		place: ({ id, links }) => `releases/${links.release}/constraints/${id}`,
	},
	artifacts: {
		attributes: 'filename filetype filesize platform arch signature checksum status metadata',
		direct: 'release',
	},
	engines: { attributes: 'name key', link: 'related' },
	platforms: { attributes: 'name key', link: 'related' },
	arches: { attributes: 'name key', link: 'related' },
	channels: { attributes: 'name key', link: 'related' },
};
