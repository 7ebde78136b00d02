import type { INodeProperties } from 'n8n-workflow';

const get = { resource: ['billingUsage'], operation: ['getBillingUsage'] };
const chosen = { show: { ...get, billingMonth: ['custom'] } };

/** The parameters of the billing usage. */
export const billingUsageFields: INodeProperties[] = [
	{
		displayName:
			"The token needs the integration BILLING (read), which only MSPs can give it. It may be the same token that has SIEM. What comes out is Keeper's answer as it is.",
		name: 'billingNotice',
		type: 'notice',
		displayOptions: { show: get },
		default: '',
	},
	{
		displayName: 'Month',
		name: 'billingMonth',
		type: 'options',
		description: "Which month, by the time zone of the workflow's settings",
		displayOptions: { show: get },
		options: [
			{ name: 'Custom', value: 'custom' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
		],
		default: 'lastMonth',
	},
	{
		displayName: 'Year',
		name: 'year',
		type: 'number',
		typeOptions: { minValue: 2000, maxValue: 9999 },
		displayOptions: chosen,
		default: 2026,
	},
	{
		displayName: 'Month of the Year',
		name: 'month',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 12 },
		description: '1 for January to 12 for December',
		displayOptions: chosen,
		default: 1,
	},
];
