import { RECORDS, type RecordName } from '../records';
import { resource } from '../resource';
import type { Resource } from '../row';

/** A resource that comes into being with releases and can only be read. */
export function readOnly(record: RecordName): Resource {
	const { label, type } = RECORDS[record];
	return resource({
		label,
		type,
		docs: type,
		fields: {},
		operations: {
			get: { name: 'Get', action: `Get ${record}`, request: `GET /${type}/{${record}}` },
			getAll: {
				name: 'Get Many',
				action: `Get many ${type}`,
				request: `GET /${type}`,
				answer: 'list',
			},
		},
	});
}
