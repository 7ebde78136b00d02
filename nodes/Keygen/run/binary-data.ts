import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fail, ok } from '../../shared/failure';
import type { FileAccess } from './files';
import type { Output } from './operation';

/** The binary data of an item, for operations that take a file. */
export function fileAccess(context: IExecuteFunctions, itemIndex: number): FileAccess {
	return {
		sizeOf: (property) => context.getInputData()[itemIndex].binary?.[property]?.bytes,
		read: async (property) => {
			const binary = context.getInputData()[itemIndex].binary?.[property];
			if (!binary) {
				return fail({
					kind: 'stopped',
					message: `The item has no binary field '${property}'`,
					description: "Check 'Input Binary Field', and that the node before passes the file on.",
				});
			}
			const body = await context.helpers.getBinaryDataBuffer(itemIndex, property);
			return ok({ body, fileName: binary.fileName ?? property, type: binary.mimeType });
		},
	};
}

/** What goes out, with its files handed over to n8n. */
export async function withBinary(
	context: IExecuteFunctions,
	{ json, binary }: Output,
): Promise<{ json: IDataObject; binary?: NonNullable<INodeExecutionData['binary']> }> {
	if (!binary) return { json: json as IDataObject };
	const made = await Promise.all(
		Object.entries(binary).map(async ([property, { body, fileName, type }]) => [
			property,
			await context.helpers.prepareBinaryData(body, fileName, type),
		]),
	);
	return { json: json as IDataObject, binary: Object.fromEntries(made) };
}
