/** An operation: what the user sees of it, and what it adds to the call. */
export interface PlanRow {
	name: string;
	action: string;
	description: string;
	/** As the transaction ID and the output name it. */
	plan: string;
	request: `GET /${string}`;
	/** Fixed query parameters. */
	query: Record<string, string>;
	/** Whether the credential's forbidden domains apply. */
	domainRule: boolean;
}

const CREATE_LICENSE = 'GET /bi_api/v1/services/partner/create-license';

/**
 * The operations of resource License. Keeper tells the plans apart by `product_type` alone: 4 for
 * students, absent for families (Keeper's pages on provisioning student and family plans by API).
 */
export const PLANS = {
	provisionFamilyPlan: {
		name: 'Provision Family Plan',
		action: 'Provision family plan (buys a paid license that cannot be taken back)',
		description:
			'Create a one-year Keeper Family license for a person. Every call creates a paid license and cannot be taken back.',
		plan: 'family',
		request: CREATE_LICENSE,
		query: {},
		domainRule: false,
	},
	provisionStudentPlan: {
		name: 'Provision Student Plan',
		action: 'Provision student plan (buys a paid license that cannot be taken back)',
		description:
			'Create a one-year Keeper Unlimited license for a student. Every call creates a paid license and cannot be taken back.',
		plan: 'student',
		request: CREATE_LICENSE,
		query: { product_type: '4' },
		domainRule: true,
	},
} as const satisfies Record<string, PlanRow>;

export type PlanOperation = keyof typeof PLANS;
