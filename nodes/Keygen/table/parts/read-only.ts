import { resource, type Resource } from '../row';

/** A resource that comes into being with releases and can only be read. */
export function readOnly(label: string, record: string, plural: string): Resource {
	const name = label.toLowerCase();
	return resource({
		label,
		type: plural,
		docs: plural,
		fields: {},
		operations: {
			get: { name: 'Get', action: `Get ${name}`, request: `GET /${plural}/{${record}}` },
			getAll: {
				name: 'Get Many',
				action: `Get many ${plural}`,
				request: `GET /${plural}`,
				answer: 'list',
			},
		},
	});
}
