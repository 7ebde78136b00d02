import { attributes, linkages, record, text } from '../fields';
import { CONFIRMATION } from '../parts/confirmation';
import { resource } from '../resource';

export const subscription = resource({
	label: 'Subscription',
	type: 'billings',
	docs: 'billings',
	cloud: true,
	description: 'Billing and plan of a Keygen Cloud account',
	fields: {
		...CONFIRMATION,
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
		getBilling: {
			name: 'Get Billing',
			action: 'Get billing',
			request: 'GET /v1/accounts/{account}/billing',
		},
		updateBilling: {
			name: 'Update Billing',
			action: 'Update billing',
			request: 'PATCH /v1/accounts/{account}/billing',
			optional: ['token', 'coupon'],
			answer: 'done',
			repeatable: false,
		},
		getPlan: {
			name: 'Get Plan',
			action: 'Get plan of account',
			request: 'GET /v1/accounts/{account}/plan',
		},
		changePlan: {
			name: 'Change Plan',
			action: 'Change plan of account',
			request: 'PATCH /v1/accounts/{account}/plan',
			link: 'newPlan',
			confirmed: true,
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
			request: 'POST /v1/accounts/{account}/actions/manage-subscription',
			repeatable: true,
		},
		pause: {
			name: 'Pause',
			action: 'Pause subscription',
			request: 'POST /v1/accounts/{account}/actions/pause-subscription',
			required: ['confirmation'],
			confirmed: true,
			answer: 'done',
		},
		resume: {
			name: 'Resume',
			action: 'Resume subscription',
			request: 'POST /v1/accounts/{account}/actions/resume-subscription',
			answer: 'done',
		},
		cancel: {
			name: 'Cancel',
			action: 'Cancel subscription',
			request: 'POST /v1/accounts/{account}/actions/cancel-subscription',
			required: ['confirmation'],
			confirmed: true,
			answer: 'done',
		},
		renew: {
			name: 'Renew',
			action: 'Renew subscription',
			request: 'POST /v1/accounts/{account}/actions/renew-subscription',
			answer: 'done',
		},
	},
});
