// Rows that must not compile: each broken line is expected to be an error, and `tsc` says so by the
// line if it is none. Part of the stage 'types'; nothing here runs.
import { attributes, linkages, record, text } from '../../../nodes/Keygen/table/fields';
import { members, owners } from '../../../nodes/Keygen/table/parts/members';
import { resource } from '../../../nodes/Keygen/table/resource';

const fields = {
	...attributes({ name: text('Name') }),
	...linkages({ newOwner: record('New Owner', 'user') }),
};
const of = { label: 'License', type: 'licenses', docs: 'licenses', fields };
const a = { name: 'Change', action: 'Change license' };

export const sound = resource({
	...of,
	operations: {
		create: { ...a, request: 'POST /licenses', optional: ['name'] },
		changeOwner: { ...a, request: 'PATCH /licenses/{license}/owner', link: 'newOwner' },
		removeOwner: { ...a, request: 'PATCH /licenses/{license}/owner', link: null },
	},
});

// @ts-expect-error no record has this name
resource({ ...of, operations: { b: { ...a, request: 'GET /licenses/{licence}' } } });
// @ts-expect-error no method has this name
resource({ ...of, operations: { b: { ...a, request: 'PSOT /licenses' } } });
// @ts-expect-error a path begins with a slash
resource({ ...of, operations: { b: { ...a, request: 'GET licenses' } } });
// @ts-expect-error the resource has no such field
resource({ ...of, operations: { b: { ...a, request: 'POST /licenses', optional: ['nmae'] } } });
// @ts-expect-error a row has no such key
resource({ ...of, operations: { b: { ...a, request: 'POST /licenses', optinal: ['name'] } } });
resource({
	...of,
	// @ts-expect-error no list has this filter
	operations: { b: { ...a, request: 'GET /a', answer: 'list', filters: ['nmae'] } },
});
resource({
	...of,
	// @ts-expect-error no record has this relation
	operations: { b: { ...a, request: 'GET /licenses/{license}', include: ['machine'] } },
});
resource({
	...of,
	// @ts-expect-error a linkage is the whole body, so the name would be lost
	operations: { b: { ...a, request: 'PATCH /a', optional: ['name', 'newOwner'] } },
});
resource({
	...of,
	// @ts-expect-error the same, with the linkage where it belongs
	operations: { b: { ...a, request: 'PATCH /a', link: 'newOwner', optional: ['name'] } },
});
// @ts-expect-error an attribute is not a linkage
resource({ ...of, operations: { b: { ...a, request: 'PATCH /a', link: 'name' } } });
// @ts-expect-error a check sends no request
resource({ ...of, operations: { b: { ...a, request: 'GET /a', local: 'verifyLicenseKey' } } });
resource({
	...of,
	// @ts-expect-error a compound decides itself what it returns
	operations: { b: { ...a, request: 'POST /a', compound: 'activateMachine', answer: 'list' } },
});
// @ts-expect-error only a check returns a verdict
resource({ ...of, operations: { b: { ...a, request: 'POST /a', answer: 'verdict' } } });
// @ts-expect-error no record has this name
owners('licence', ['product']);
// @ts-expect-error no record has this name
members('license', { path: 'users', record: 'usr', one: 'user', many: 'users' });
