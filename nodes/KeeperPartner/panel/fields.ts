import type { INodeProperties } from 'n8n-workflow';

import { allowAgentToBuy, operation, paidNotice, resource } from './license-fields';
import { mapping } from './mapping-fields';
import { options } from './option-fields';
import { transactionId } from './transaction-id-fields';

export const fields: INodeProperties[] = [
	resource,
	operation,
	paidNotice,
	allowAgentToBuy,
	...mapping,
	...transactionId,
	options,
];
