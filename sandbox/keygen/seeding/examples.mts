import type { Facts } from '../state/facts.mts';

/** Attributes that a seed may leave out although the API asks for them. */
export const examples: Record<string, (n: number) => Facts> = {
	products: (n) => ({ name: `Product ${n}` }),
	policies: (n) => ({ name: `Policy ${n}` }),
	users: (n) => ({ email: `user-${n}@example.com` }),
	groups: (n) => ({ name: `Group ${n}` }),
	entitlements: (n) => ({ name: `Entitlement ${n}`, code: `ENTITLEMENT_${n}` }),
	machines: (n) => ({ fingerprint: `fingerprint-${n}` }),
	components: (n) => ({ fingerprint: `component-${n}`, name: `Component ${n}` }),
	processes: (n) => ({ pid: String(n) }),
	keys: (n) => ({ key: `pooled-key-${n}` }),
	packages: (n) => ({ name: `Package ${n}`, key: `package-${n}` }),
	releases: (n) => ({ version: `1.0.${n}`, channel: 'stable', status: 'PUBLISHED' }),
	artifacts: (n) => ({
		filename: `artifact-${n}.zip`,
		filetype: 'zip',
		platform: 'linux',
		arch: 'amd64',
	}),
	environments: (n) => ({ name: `Environment ${n}`, code: `environment-${n}` }),
	'webhook-endpoints': (n) => ({
		url: `https://hooks.example.com/${n}`,
		subscriptions: ['*'],
		signatureAlgorithm: 'ed25519',
	}),
	settings: () => ({ key: 'default_license_permissions', value: ['*'] }),
	'second-factors': () => ({
		uri: 'otpauth://totp/sandbox',
		secret: 'JBSWY3DPEHPK3PXP',
		enabled: false,
	}),
	billings: () => ({ state: 'SUBSCRIBED', card: null }),
	plans: () => ({ name: 'Dev 0', price: 0, interval: 'month' }),
	'webhook-events': () => ({
		endpoint: 'https://hooks.example.com/',
		apiVersion: '1.8',
		payload: '{"data":null}',
		event: 'license.created',
		status: 'DELIVERED',
		lastResponseCode: 200,
		lastResponseBody: 'ok',
		idempotencyToken: '00000000-0000-4000-8000-000000000000',
	}),
};
