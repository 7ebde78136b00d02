import { publishedKeys } from '../../keygen-signing/account-keys.mts';
import { tokenKind } from '../access/tokens.mts';
import { userStatus } from '../standing/licenses.mts';
import { related } from '../state/relations.mts';
import type { View } from './view.mts';

export const accountViews: Record<string, View> = {
	accounts: {
		attributes: 'name slug apiVersion protected status',
		many:
			'settings webhook-endpoints webhook-events products platforms arches channels releases artifacts ' +
			'policies users keys licenses machines components processes tokens',
		meta: ({ keys }) => publishedKeys(keys),
	},
	environments: { attributes: 'name code isolationStrategy', many: 'tokens' },
	settings: { attributes: 'key value' },
	billings: { attributes: 'state card' },
	plans: { attributes: 'name price interval' },
	tokens: {
		attributes:
			'kind token expiry name permissions@permissions maxActivations activations maxDeactivations deactivations',
		direct: 'bearer',
		secret: 'token',
		computed: {
			kind: (world, item) => tokenKind(related(world, item, 'bearer')),
			token: (_, item) => item.facts.raw,
		},
	},
	'second-factors': {
		attributes: 'uri secret enabled',
		direct: 'user',
		// They are shown until the factor is enabled.
		computed: {
			uri: (_, { facts }) => (facts.enabled ? undefined : facts.uri),
			secret: (_, { facts }) => (facts.enabled ? undefined : facts.secret),
		},
		place: ({ id, links }) => `users/${links.user}/second-factors/${id}`,
	},
	users: {
		attributes: 'fullName firstName lastName email status role permissions@permissions metadata',
		one: 'group',
		many: 'products licenses machines tokens second-factors',
		computed: {
			fullName: (_, { facts }) =>
				facts.firstName && facts.lastName ? `${facts.firstName} ${facts.lastName}` : null,
			status: userStatus,
		},
	},
	groups: {
		attributes: 'name maxUsers maxLicenses maxMachines metadata',
		many: 'users licenses machines owners',
	},
	'group-owners': {
		attributes: '',
		direct: 'group user',
		place: ({ id, links }) => `groups/${links.group}/owners/${id}`,
	},
};
