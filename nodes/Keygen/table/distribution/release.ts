import {
	attributes,
	choice,
	dateTime,
	environment,
	linkages,
	metadata,
	query,
	record,
	records,
	relationships,
	text,
} from '../fields';
import { resource } from '../resource';
import { FILE_FIELDS } from '../parts/file-fields';
import { members, owners } from '../parts/members';
import { CHANNELS } from '../release-values';

const include = ['artifacts', 'constraints', 'entitlements', 'package', 'product'] as const;
const optional = ['name', 'description', 'tag', 'backdated', 'metadata'] as const;

export const release = resource({
	label: 'Release',
	type: 'releases',
	docs: 'releases',
	fields: {
		...FILE_FIELDS,
		...attributes({
			version: text('Version', { placeholder: 'e.g. 1.0.0' }),
			channel: choice('Channel', CHANNELS, {
				default: 'stable',
				description: 'Must fit the version: 1.0.0-beta.1 is for Beta',
			}),
			name: text('Name', { nullable: true }),
			description: text('Description', { nullable: true, multiline: true }),
			status: choice('Status', ['DRAFT', 'PUBLISHED'], { default: 'DRAFT' }),
			tag: text('Tag', { nullable: true, placeholder: 'e.g. latest' }),
			backdated: dateTime('Backdated', {
				nullable: true,
				description: 'When it counts as released',
			}),
			metadata,
		}),
		...relationships({
			product: record('Product', 'product'),
			package: record('Package', 'package'),
			environment,
			constraints: records('Required Entitlement', 'entitlement', {
				wrap: 'constraints',
				description: 'Entitlements that a license must have to use the release',
			}),
		}),
		...linkages({
			newPackage: record('New Package', 'package'),
			newConstraints: records('Required Entitlement', 'entitlement', { wrap: 'constraints' }),
			oldConstraints: records('Constraint', 'constraint'),
		}),
		...query({
			constraint: text('Version Constraint', {
				placeholder: 'e.g. 1.0',
				description: 'Only upgrades that stay within it',
			}),
			upgradePackage: record('Package', 'package', { at: 'query.package' }),
			upgradeProduct: record('Product', 'product', { at: 'query.product' }),
			upgradeChannel: choice('Channel', CHANNELS, {
				at: 'query.channel',
				default: 'stable',
			}),
		}),
	},
	operations: {
		create: {
			name: 'Create',
			action: 'Create release',
			request: 'POST /releases',
			required: ['product', 'version', 'channel'],
			optional: [...optional, 'status', 'package', 'constraints', 'environment'],
		},
		get: { name: 'Get', action: 'Get release', request: 'GET /releases/{release}', include },
		getAll: {
			name: 'Get Many',
			action: 'Get many releases',
			request: 'GET /releases',
			answer: 'list',
			include,
			filters: [
				'yanked',
				'entitlements',
				'constraints',
				'channel',
				'product',
				'package',
				'engine',
				'releaseStatus',
				'withoutOfRelease',
			],
		},
		update: {
			name: 'Update',
			action: 'Update release',
			request: 'PATCH /releases/{release}',
			optional: [...optional],
		},
		delete: {
			name: 'Delete',
			action: 'Delete release',
			request: 'DELETE /releases/{release}',
			notice: 'Deletes the artifacts of the release as well. This cannot be undone.',
		},
		publish: {
			name: 'Publish',
			action: 'Publish release',
			request: 'POST /releases/{release}/actions/publish',
		},
		yank: {
			name: 'Yank',
			action: 'Yank release',
			request: 'POST /releases/{release}/actions/yank',
		},
		getUpgrade: {
			name: 'Get Upgrade',
			action: 'Get release upgrade',
			description:
				"Find the newest release that a release can be upgraded to. Sends the event 'release.upgraded' where there is one.",
			request: 'GET /releases/{release}/upgrade',
			notFound: 'There is no upgrade for the release',
			optional: ['constraint', 'upgradePackage', 'upgradeProduct', 'upgradeChannel'],
		},
		...members('release', {
			path: 'entitlements',
			record: 'entitlement',
			one: 'entitlement',
			many: 'entitlements',
		}),
		...members('release', {
			path: 'constraints',
			record: 'constraint',
			one: 'constraint',
			many: 'constraints',
		}),
		attachConstraints: {
			name: 'Attach Constraints',
			action: 'Attach constraints to release',
			request: 'POST /releases/{release}/constraints',
			link: 'newConstraints',
			answer: 'records',
		},
		detachConstraints: {
			name: 'Detach Constraints',
			action: 'Detach constraints from release',
			request: 'DELETE /releases/{release}/constraints',
			link: 'oldConstraints',
			answer: 'done',
			repeatable: false,
		},
		...members('release', {
			path: 'artifacts',
			record: 'artifact',
			one: 'artifact',
			many: 'artifacts',
			filters: ['artifactStatus', 'filetype', 'platform', 'arch'],
			headers: { Prefer: 'no-download' },
		}),
		downloadArtifact: {
			name: 'Download Artifact',
			action: 'Download release artifact',
			request: 'GET /releases/{release}/artifacts/{artifact}',
			settings: ['binaryProperty', 'linkTtl'],
			compound: 'downloadArtifact',
		},
		...owners('release', ['package', 'product']),
		changePackage: {
			name: 'Change Package',
			action: 'Change release package',
			request: 'PATCH /releases/{release}/package',
			link: 'newPackage',
			readBack: true,
		},
		removePackage: {
			name: 'Remove Package',
			action: 'Remove release package',
			request: 'PATCH /releases/{release}/package',
			link: null,
			readBack: true,
		},
	},
});
