import type { INodeProperties } from 'n8n-workflow';

import { PLANS } from '../plans';
import { license } from './shown';

export const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [{ name: 'License', value: 'license' }],
	default: 'license',
};

export const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: license },
	options: Object.entries(PLANS).map(([value, { name, action, description }]) => ({
		name,
		value,
		action,
		description,
	})),
	default: 'provisionStudentPlan',
};

export const paidNotice: INodeProperties = {
	displayName:
		"Every call creates a paid license and cannot be taken back. Leave 'Retry On Fail' in the settings off: the node itself retries what surely did not reach Keeper. To look at the calls first, use the option 'Preview'.",
	name: 'paidNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: license },
};

/** Only where the node is a tool. Never an expression, so that no model can set it. */
export const allowAgentToBuy: INodeProperties = {
	displayName: 'Allow an Agent to Buy',
	name: 'allowAgentToBuy',
	type: 'boolean',
	noDataExpression: true,
	displayOptions: { show: { ...license, '@tool': [true] } },
	description:
		"Whether the agent's calls buy licenses. By default they only preview: a model may repeat a call or invent a person. Put n8n's human approval in front of the tool before you turn this on.",
	default: false,
};
