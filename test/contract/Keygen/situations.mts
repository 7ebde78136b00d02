import type { INodeExecutionData } from 'n8n-workflow';

import { oneTimePassword } from '../../../sandbox/keygen/secrets/one-time-passwords.mts';
import type { KeygenSandbox } from '../../../sandbox/keygen/start.mts';
import { makeCheckedOutFile } from '../../../sandbox/keygen-signing/checked-out-files.mts';
import { makeLicenseKey, makeMachineProof } from '../../../sandbox/keygen-signing/license-keys.mts';
import { publicKeysOf } from '../../../sandbox/keygen/state/signing.mts';
import type { Ids, Special } from './samples.mts';
import { present } from '../../present.mts';

/** What must hold before an operation can succeed, and which values then fit. */
export interface Situation {
	special?: Special;
	items?: INodeExecutionData[];
	/** Refusals on the way that belong to it, as `404 NOT_FOUND`. */
	expected?: string[];
}

type Prepare = (sandbox: KeygenSandbox, ids: Ids, all: boolean) => Situation;

const PASSWORD = 'correct horse battery';
const fact = (sandbox: KeygenSandbox, type: string, id: string) =>
	present(sandbox.world.store.get(type, id)).facts;
const file: INodeExecutionData[] = [
	{
		json: {},
		binary: {
			data: {
				data: Buffer.from('content').toString('base64'),
				mimeType: 'application/zip',
				fileName: 'App.zip',
			},
		},
	},
];
const tokenOf =
	(bearer: string): Prepare =>
	({ seed }, ids) => ({
		special: { '{token}': seed({ type: 'tokens', relationships: { bearer: ids[bearer] } })[0].id },
	});
const stored: Prepare = ({ storage }, ids) => {
	storage.blobs.set(ids.artifact, { bytes: Buffer.from('content'), type: 'application/zip' });
	return {};
};
/** Engines and the like come into being with packages and artifacts. */
const derived =
	(type: string, name: string): Prepare =>
	({ seed, world }, ids) => {
		seed({
			type: 'packages',
			attributes: { engine: 'npm' },
			relationships: { product: ids.product },
		});
		return { special: { [`{${name}}`]: world.store.all(type)[0]?.id } };
	};
const withKey = { key: 'a-key-that-is-long-enough' };
const withPassword = { password: PASSWORD };

const signed: Prepare = ({ world }) => ({
	special: { responsePublicKey: publicKeysOf(world.keys).ed25519 },
});
/** A plain file of a license or machine, valid now. */
const checkedOut =
	(kind: 'license' | 'machine'): Prepare =>
	({ world }) => ({
		special: {
			certificate: makeCheckedOutFile(world.keys, {
				kind,
				algorithm: 'base64+ed25519',
				document: {
					data: { type: `${kind}s`, id: '1', attributes: { key: 'KEY', fingerprint: 'aa:bb' } },
					included: [{ type: 'licenses', id: '1', attributes: { key: 'KEY' } }],
					meta: { issued: new Date(world.clock.now()).toISOString(), expiry: null, ttl: null },
				},
			}),
			licenseKey: 'KEY',
			fingerprint: 'aa:bb',
			verifyAt: undefined,
		},
	});

const confirmed: Prepare = ({ accountId }) => ({ special: { confirmation: accountId } });
const encrypted: Prepare = () => ({
	special: { algorithm: 'aes-256-gcm+ed25519', fileAlgorithm: 'aes-256-gcm+ed25519' },
});
const ONE_OF_EACH = Object.fromEntries(
	[
		...['expiresBefore', 'expiresAfter', 'expiresOn', 'expiredWithin', 'expiredBefore'],
		...['expiredAfter', 'expiredOn', 'inactiveFor', 'activeBefore', 'activeAfter'],
		...['activationsAbove', 'activationsAtLeast', 'activationsBelow', 'activationsAtMost'],
	].map((name) => [name, undefined]),
);

export const SITUATIONS: Readonly<Record<string, Prepare>> = {
	'artifact.upload': () => ({
		items: file,
		special: { inputBinaryField: 'data', filetype: 'zip', uploadedFilename: 'App.zip' },
	}),
	'artifact.download': stored,
	'release.downloadArtifact': stored,
	'engine.get': derived('engines', 'engine'),
	'platform.get': derived('platforms', 'platform'),
	'arch.get': derived('arches', 'arch'),
	'channel.get': derived('channels', 'channel'),
	'product.getEngine': derived('engines', 'engine'),
	'product.getPlatform': derived('platforms', 'platform'),
	'product.getArch': derived('arches', 'arch'),
	'product.getChannel': derived('channels', 'channel'),
	'environment.getToken': tokenOf('environment'),
	'license.getToken': tokenOf('license'),
	'product.getToken': tokenOf('product'),
	'eventLog.get': ({ world }, ids) => ({
		special: {
			'{eventLog}': world.store.add(
				{
					type: 'event-logs',
					facts: { event: 'license.created', metadata: {} },
					links: { resource: ids.license },
				},
				world.clock.now(),
			).id,
		},
	}),
	'requestLog.get': ({ world }) => ({
		special: {
			'{requestLog}': world.store.add(
				{
					type: 'request-logs',
					facts: { method: 'GET', url: '/v1/me', status: 200 },
					links: { requestor: null, resource: null },
				},
				world.clock.now(),
			).id,
		},
	}),
	'group.getOwner': ({ world }, ids) => ({
		special: { '{groupOwner}': world.store.children('group-owners', 'group', ids.group)[0].id },
	}),
	'group.detachOwners': (_, ids) => ({ special: { users: [ids.member] } }),
	'key.create': (_, ids) => ({ special: { ...withKey, policy: ids.poolPolicy } }),
	'key.update': () => ({ special: withKey }),
	'license.create': () => ({ special: withKey }),
	'license.validate': signed,
	'license.quickValidate': signed,
	'license.validateKey': signed,
	'license.verifyKey': ({ world }) => ({
		special: {
			signedLicenseKey: makeLicenseKey(world.keys, 'ED25519_SIGN', '{"id":"1"}'),
			verifyAt: undefined,
		},
	}),
	'machine.verifyOfflineProof': ({ world }) => ({
		special: { offlineProof: makeMachineProof(world.keys, '{"machine":{"id":"1"}}') },
	}),
	'licenseFile.verify': checkedOut('license'),
	'machineFile.verify': checkedOut('machine'),
	'license.reinstate': (sandbox, ids) => {
		fact(sandbox, 'licenses', ids.license).suspended = true;
		return {};
	},
	'license.attachUsers': (_, ids) => ({ special: { users: [ids.otherUser] } }),
	'license.detachUsers': (_, ids) => ({ special: { users: [ids.member] } }),
	'license.attachEntitlements': (_, ids) => ({ special: { entitlements: [ids.otherEntitlement] } }),
	'license.detachEntitlements': ({ seed }, ids) => {
		seed({
			type: 'license-entitlements',
			relationships: { license: ids.license, entitlement: ids.otherEntitlement },
		});
		return { special: { entitlements: [ids.otherEntitlement] } };
	},
	'policy.attachEntitlements': (_, ids) => ({ special: { entitlements: [ids.otherEntitlement] } }),
	'policy.getPoolKey': (_, ids) => ({ special: { '{policy}': ids.poolPolicy } }),
	'policy.popKey': (_, ids) => ({ special: { '{policy}': ids.poolPolicy } }),
	// A pool takes no scheme, and hashed keys only the older one.
	'policy.create': () => ({
		special: { usePool: false, encrypted: false, heartbeatCullStrategy: 'KEEP_DEAD' },
	}),
	'release.getUpgrade': ({ seed }, ids) => {
		seed({
			type: 'releases',
			attributes: { version: '2.999.0', status: 'PUBLISHED' },
			relationships: { product: ids.product, package: ids.package },
		});
		return { special: { constraint: '2.0' } };
	},
	'release.attachConstraints': (_, ids) => ({
		special: { newConstraints: [ids.otherEntitlement] },
	}),
	'password.reset': (sandbox, ids) => {
		fact(sandbox, 'users', ids.user).passwordReset = {
			token: 'token-1',
			at: sandbox.world.clock.now(),
		};
		return { special: { passwordResetToken: 'token-1', newPassword: PASSWORD } };
	},
	'password.update': ({ adminId }) => ({
		special: { '{user}': adminId, oldPassword: 'correct horse', newPassword: PASSWORD },
	}),
	'search.search': () => ({ special: { query: { pairs: [{ name: 'name', value: 'Jane' }] } } }),
	'secondFactor.add': (_, ids) => ({ special: { '{user}': ids.admin, password: 'correct horse' } }),
	'secondFactor.update': (sandbox, ids) => ({
		special: {
			otp: oneTimePassword(
				String(fact(sandbox, 'second-factors', ids.secondFactor).secret),
				sandbox.world.clock.now(),
			),
		},
	}),
	'secondFactor.delete': (sandbox, ids) => ({
		special: {
			otp: oneTimePassword(
				String(fact(sandbox, 'second-factors', ids.secondFactor).secret),
				sandbox.world.clock.now(),
			),
		},
	}),
	'setting.create': () => ({
		special: { key: 'default_user_permissions', value: '["user.read"]' },
	}),
	'setting.update': () => ({ special: { value: '["license.read"]' } }),
	'token.generateForPassword': () => ({
		special: { email: 'admin@example.com', password: 'correct horse' },
	}),
	'token.generate': () => ({ special: { bearerType: 'user' } }),
	'account.delete': confirmed,
	'subscription.pause': confirmed,
	'subscription.cancel': confirmed,
	'subscription.changePlan': confirmed,
	...Object.fromEntries(
		['license', 'machine'].flatMap((name) => [
			[`${name}.checkOut`, encrypted],
			[`${name}.checkOutFile`, encrypted],
		]),
	),
	// Of filters that cancel each other one can be given.
	'release.getAll': () => ({ special: { withoutOfRelease: undefined } }),
	'artifact.getAll': () => ({ special: { withoutOfArtifact: undefined } }),
	'license.getAll': () => ({ special: ONE_OF_EACH }),
	'user.create': () => ({ special: withPassword }),
	'user.createOrGet': () => ({ special: withPassword, expected: ['404 NOT_FOUND'] }),
	'user.update': () => ({ special: withPassword }),
	'user.unban': (sandbox, ids) => {
		fact(sandbox, 'users', ids.user).banned = true;
		return {};
	},
	'webhookEvent.retry': ({ seed }) => {
		const [endpoint] = seed({ type: 'webhook-endpoints' });
		const [event] = seed({ type: 'webhook-events', relationships: { endpoint: endpoint.id } });
		return { special: { '{webhookEvent}': event.id } };
	},
};
