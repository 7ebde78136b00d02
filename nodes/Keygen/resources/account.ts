import { attributes, choice, flag, json, linkages, record, text } from '../fields';
import { resource } from '../row';
import { API_VERSIONS } from '../api-versions';

const elsewhere = 'Not through a custom domain, where the service does not offer it.';

export const account = resource({
	label: 'Account',
	type: 'accounts',
	docs: 'accounts',
	fields: attributes({
		name: text('Name'),
		slug: text('Slug', { placeholder: 'e.g. my-company' }),
		apiVersion: choice('API Version', API_VERSIONS, {
			default: '1.8',
			description: 'For requests that name none',
		}),
		protected: flag('Protected', 'only signed-in users can create users'),
	}),
	operations: {
		get: {
			name: 'Get',
			action: 'Get account',
			description: 'Get the account, with its public keys',
			request: 'GET /v1/accounts/{account}',
			note: elsewhere,
		},
		update: {
			name: 'Update',
			action: 'Update account',
			request: 'PATCH /v1/accounts/{account}',
			optional: ['name', 'slug', 'apiVersion', 'protected'],
			note: elsewhere,
		},
		delete: {
			name: 'Delete',
			action: 'Delete account',
			request: 'DELETE /v1/accounts/{account}',
			notice:
				"Deletes the credential's whole account with everything in it. This cannot be undone.",
			note: elsewhere,
		},
		ping: {
			name: 'Ping',
			action: 'Ping service',
			description: 'See whether the service answers',
			request: 'GET /ping',
			answer: 'done',
		},
	},
});

export const setting = resource({
	label: 'Setting',
	type: 'settings',
	docs: 'settings',
	description: 'Defaults of the account; needs a server of version 1.6.0 at least',
	fields: attributes({
		key: choice('Key', {
			default_license_permissions: 'Default License Permissions',
			default_user_permissions: 'Default User Permissions',
		}),
		value: json('Value', {
			default: '[]',
			placeholder: 'e.g. ["license.read", "license.validate"]',
			description: 'As JSON, such as a list of permissions',
		}),
	}),
	operations: {
		create: {
			name: 'Create',
			action: 'Create setting',
			request: 'POST /settings',
			required: ['key', 'value'],
		},
		get: { name: 'Get', action: 'Get setting', request: 'GET /settings/{setting}' },
		getAll: {
			name: 'Get Many',
			action: 'Get many settings',
			request: 'GET /settings',
			answer: 'list',
		},
		update: {
			name: 'Update',
			action: 'Update setting',
			request: 'PATCH /settings/{setting}',
			required: ['value'],
		},
		delete: { name: 'Delete', action: 'Delete setting', request: 'DELETE /settings/{setting}' },
	},
});

export const subscription = resource({
	label: 'Subscription',
	type: 'billings',
	docs: 'billings',
	cloud: true,
	description: 'Billing and plan of a Keygen Cloud account',
	fields: {
		...attributes({
			token: text('Payment Token', {
				secret: true,
				description: 'Of the new payment method, made with Stripe',
			}),
			coupon: text('Coupon'),
		}),
		...linkages({ newPlan: record('New Plan', 'plan') }),
	},
	operations: {
		getBilling: { name: 'Get Billing', action: 'Get billing', request: 'GET /billing' },
		updateBilling: {
			name: 'Update Billing',
			action: 'Update billing',
			request: 'PATCH /billing',
			optional: ['token', 'coupon'],
			answer: 'done',
			repeatable: false,
		},
		getPlan: { name: 'Get Plan', action: 'Get plan of account', request: 'GET /plan' },
		changePlan: {
			name: 'Change Plan',
			action: 'Change plan of account',
			request: 'PATCH /plan',
			required: ['newPlan'],
		},
		getPlans: {
			name: 'Get Many Plans',
			action: 'Get many plans',
			request: 'GET /v1/plans',
			answer: 'list',
		},
		getOfferedPlan: {
			name: 'Get Offered Plan',
			action: 'Get offered plan',
			request: 'GET /v1/plans/{plan}',
		},
		manage: {
			name: 'Get Portal Link',
			action: 'Get link to billing portal',
			request: 'POST /actions/manage-subscription',
			repeatable: true,
		},
		pause: {
			name: 'Pause',
			action: 'Pause subscription',
			request: 'POST /actions/pause-subscription',
			answer: 'done',
		},
		resume: {
			name: 'Resume',
			action: 'Resume subscription',
			request: 'POST /actions/resume-subscription',
			answer: 'done',
		},
		cancel: {
			name: 'Cancel',
			action: 'Cancel subscription',
			request: 'POST /actions/cancel-subscription',
			answer: 'done',
		},
		renew: {
			name: 'Renew',
			action: 'Renew subscription',
			request: 'POST /actions/renew-subscription',
			answer: 'done',
		},
	},
});
