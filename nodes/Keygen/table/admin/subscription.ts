import { attributes, linkages, record, text } from '../fields';
import { resource } from '../resource';

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
			link: 'newPlan',
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
