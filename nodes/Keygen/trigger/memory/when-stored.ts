import type { INodeExecutionData } from 'n8n-workflow';

/**
 * An item that tells when n8n stores it for the first time.
 *
 * n8n 2.41 loses what `webhook()` writes into static data: before it saves them, it makes a second
 * Workflow over the same object, which marks them as unchanged (docs/n8n-webhook-static-data.md). It
 * then stores the execution, and saves the static data if they have been changed since. So what is to
 * be kept is written once more from here.
 */
export function whenStored(item: INodeExecutionData, storing: () => void): INodeExecutionData {
	let isFirst = true;
	const toJSON = () => {
		if (isFirst) {
			isFirst = false;
			storing();
		}
		return { ...item };
	};
	// Not seen by nodes that copy items or list what is in them.
	return Object.defineProperty(item, 'toJSON', { value: toJSON });
}
