import { inputs, number, query, text } from '../fields';
import { binaryProperty } from './check-out';

/** How the content of artifacts comes in and goes out. */
export const FILE_FIELDS = {
	...inputs({
		inputBinaryField: text('Input Binary Field', {
			default: 'data',
			description: 'Name of the binary field of the item that holds the file',
		}),
		binaryProperty,
	}),
	...query({
		linkTtl: number('Link Time to Live (Seconds)', {
			at: 'query.ttl',
			min: 60,
			max: 604800,
			default: 3600,
			description:
				'For how long the link to the file is good. Not for tokens of users and licenses.',
		}),
	}),
};
