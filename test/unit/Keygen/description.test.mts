import { NodeHelpers, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import { FOLDS } from '../../../nodes/Keygen/table/folds';
import { objectLabel, selectionOf, type Place } from '../../../nodes/Keygen/table/place';
import { allRows, RESOURCES_OF, TABLE } from '../../../nodes/Keygen/table/table';
import { collectionOf, type Resource, type Row } from '../../../nodes/Keygen/table/row';
import { NODES, nodeNames, nodeWith } from '../../keygen-nodes.mts';

const nodes = nodeNames.map((name) => [name, NODES[name].description] as const);

/** Every property, those inside collections too, with where it stands. */
function everyProperty(
	list: INodeProperties[],
	path: string,
): Array<[path: string, property: INodeProperties]> {
	return list.flatMap((property): Array<[string, INodeProperties]> => {
		const here = `${path}/${property.name}`;
		const inner = (property.options ?? []).flatMap((option) =>
			'values' in option
				? everyProperty(option.values, `${here}/${option.name}`)
				: 'type' in option
					? everyProperty([option], here)
					: [],
		);
		return [[here, property], ...inner];
	});
}
const every = nodes.flatMap(([name, { properties }]) => everyProperty(properties, name));
const sorted = (names: string[]) => [...names].sort(new Intl.Collator('en').compare);

/** The properties that the panel shows for an operation. */
function shownFor(place: Place, decisions: Record<string, string> = {}): INodeProperties[] {
	const { description } = nodeWith(place.resourceName);
	const parameters = { resource: place.resourceName, ...selectionOf(place), ...decisions };
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
	);
}

/** Every combination of values of the fields that others depend on. */
function decisionsOf(row: Row, { fields }: Resource): Array<Record<string, string>> {
	return (row.required ?? [])
		.filter((name) => fields[name].decides)
		.reduce<
			Array<Record<string, string>>
		>((known, name) => Object.keys(fields[name].options ?? {}).flatMap((value) => known.map((decisions) => ({ ...decisions, [name]: value }))), [{}]);
}

test('the credential is asked for wherever the service may be', () => {
	const asked = (resource: string, parameters: INodeParameters) => {
		const { description } = nodeWith(resource);
		return (description.credentials ?? []).some((one) =>
			NodeHelpers.displayParameter(parameters, one, { typeVersion: 1 }, description),
		);
	};
	for (const { resourceName, operation, resource, row } of allRows()) {
		for (const decisions of decisionsOf(row, resource)) {
			const pasted = decisions.publicKeySource === 'pasted';
			const parameters = { resource: resourceName, operation, ...decisions };
			expect(asked(resourceName, parameters)).toBe(!pasted);
		}
	}
});

describe.each(nodes)('%s', (name, { properties, ...description }) => {
	const operations = properties.filter((property) => property.name === 'operation');
	const optionsOf = (property: INodeProperties) =>
		(property.options ?? []).filter((option) => 'value' in option);

	test('has a description whose JSON stays under 300 kB', () => {
		expect(JSON.stringify({ ...description, properties }).length).toBeLessThan(300_000);
	});

	test('has at most 100 actions', () => {
		expect(operations.flatMap(optionsOf).length).toBeLessThanOrEqual(100);
	});

	test('lists its resources with the most used first, each once', () => {
		const [{ options, default: initial }] = properties.filter(
			({ name: own }) => own === 'resource',
		);
		expect((options ?? []).map((option) => 'value' in option && option.value)).toEqual(
			Object.keys(RESOURCES_OF[name]),
		);
		expect(initial).toBe(
			{ keygen: 'license', keygenDistribution: 'release', keygenAdmin: 'product' }[name],
		);
	});

	test('preselects nothing that removes something', () => {
		for (const property of operations) {
			const [first] = optionsOf(property);
			expect(first.value).toBe(property.default);
			expect(first.name).not.toMatch(/Delete|Remove|Revoke|Yank|Detach|Ban|Cancel|Suspend/);
		}
	});

	test('has texts for the canvas, for search and for agents', () => {
		expect(description.subtitle).toBeTruthy();
		expect(description.usableAsTool).toBe(true);
		expect(description.description.length).toBeGreaterThan(40);
	});
});

test('every resource is in one node, and in the list of all', () => {
	const resources = nodes.flatMap(([name]) => Object.keys(RESOURCES_OF[name]));
	expect([...resources].sort()).toEqual(Object.keys(TABLE).sort());
});

test('the choices of a fold name every row of it once', () => {
	for (const [resourceName, resource] of Object.entries(TABLE)) {
		const rows = allRows({ [resourceName]: resource });
		const selections = rows.map((place) => JSON.stringify(selectionOf(place)));
		expect(new Set(selections).size).toBe(rows.length);
		for (const { row } of rows) {
			if (row.fold === undefined) continue;
			expect(row.name).toBe(`${FOLDS[row.fold].verb} ${objectLabel(row, row.fold)}`);
		}
	}
});

describe('what n8n asks of every property', () => {
	test.each(every)('%s', (_, property) => {
		expect(property.default).toBeDefined();
		expect(property.displayName).toMatch(property.type === 'notice' ? /./ : /^[A-Z0-9]/);
		if (property.type === 'boolean') expect(property.description).toMatch(/^Whether /);
		if (property.placeholder && !/^Add/.test(property.placeholder))
			expect(property.placeholder).toMatch(/^e\.g\. /);
		if (property.type === 'number') expect(typeof property.default).toBe('number');
		const { description = '' } = property;
		const isOneSentence = !/[.!?] \S/.test(description.replace('e.g. ', ''));
		expect(description === '' || isOneSentence !== description.endsWith('.')).toBe(true);
		expect(description).not.toBe(property.displayName);
	});

	test.each(
		every.filter(
			([, { type, options }]) =>
				['options', 'multiOptions'].includes(type) && (options?.length ?? 0) >= 5,
		),
	)('%s is in order', (_, { name, default: initial, options = [] }) => {
		// The default operation is on top, the most used resource too.
		const rest = options.filter(
			(option) => name !== 'operation' || !('value' in option) || option.value !== initial,
		);
		const names = rest.map((option) => option.name);
		expect(names).toEqual(name === 'resource' ? names : sorted(names));
	});

	test.each(every.filter(([, { type }]) => type === 'collection'))(
		'%s is in order',
		(_, { options = [] }) => {
			const names = options.map((option) => ('displayName' in option ? option.displayName : ''));
			expect(names).toEqual(sorted(names));
			expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
		},
	);

	test.each(every.filter(([, { type }]) => type === 'options'))(
		'%s starts with one of its options',
		(_, { options = [], default: initial }) => {
			expect(options.map((option) => ('value' in option ? option.value : ''))).toContain(initial);
		},
	);

	test('secrets are password fields', () => {
		const named = every.filter(
			([, { name, type }]) => type === 'string' && /password|otp|secret|licenseKey/i.test(name),
		);
		expect(named.length).toBeGreaterThan(5);
		for (const [path, { typeOptions }] of named)
			expect([path, typeOptions?.password]).toEqual([path, true]);
	});

	test('lists are limited to 50 by default and can be had whole', () => {
		const properties = nodes.flatMap(([, description]) => description.properties);
		const [limit] = properties.filter(({ name }) => name === 'limit');
		expect(limit).toMatchObject({
			default: 50,
			typeOptions: { minValue: 1 },
			description: 'Max number of results to return',
		});
		const [returnAll] = properties.filter(({ name }) => name === 'returnAll');
		expect(returnAll.description).toBe('Whether to return all results or only up to a given limit');
	});
});

test.each(Object.entries(TABLE))(
	'the operations of %s have a name, an action of their own and no name twice',
	(resource, { operations, label }) => {
		const rows = Object.values(operations);
		expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
		for (const { name, action } of rows) {
			expect(name).toMatch(/^[A-Z]/);
			expect(action).toMatch(/^[A-Z][^A-Z]*(ID)?$/);
			if (rows.length > 1)
				expect(name.toLowerCase().startsWith(`${label.toLowerCase()} `)).toBe(false);
		}
		const [place] = allRows({ [resource]: TABLE[resource] });
		expect(shownFor(place).some(({ name }) => name === 'operation')).toBe(true);
	},
);

test('optional fields that are all scope stand under that heading, and keep their place', () => {
	const places = allRows({ license: TABLE.license });
	const heading = (wanted: string) =>
		places
			.filter(({ operation }) => operation === wanted)
			.flatMap((place) => shownFor(place))
			.find(({ name }) => name === 'additionalFields')?.displayName;
	expect(['validate', 'validateKey'].map(heading)).toEqual(['Scope', 'Scope']);
	expect(['create', 'checkOut'].map(heading)).toEqual(['Additional Fields', 'Additional Fields']);
});

test('no two operations share an action', () => {
	const actions = allRows().map(({ row }) => row.action);
	expect(actions.filter((action, index) => actions.indexOf(action) !== index)).toEqual([]);
});

describe.each(
	allRows().map((place) => [`${place.resourceName}.${place.operation}`, place] as const),
)('%s', (_, place) => {
	const { resource, row } = place;
	/** What the panel shows for each way in which the fields that decide can be set. */
	const panels = decisionsOf(row, resource).map((decisions) =>
		shownFor(place, decisions).map(({ name }) => name),
	);
	const shown = [...new Set(panels.flat())];

	test('shows each of its properties once', () => {
		for (const names of panels)
			expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
	});

	test('shows a field that depends on another for that value only', () => {
		for (const name of row.required ?? []) {
			const { when } = resource.fields[name];
			if (!when) continue;
			expect(resource.fields[when.field].decides).toBe(true);
			expect(Object.keys(resource.fields[when.field].options ?? {})).toContain(when.is);
			for (const decisions of decisionsOf(row, resource)) {
				const names = shownFor(place, decisions).map((one) => one.name);
				expect(names.includes(name)).toBe(decisions[when.field] === when.is);
			}
		}
	});

	test('shows what it reads and nothing else', () => {
		const expected = [
			'resource',
			'operation',
			'options',
			...(row.fold ? ['related'] : []),
			...(row.notice ? ['notice'] : []),
			...row.records,
			...(row.shown ?? []),
			...(row.required ?? []).flatMap((name) =>
				resource.fields[name].type === 'pairs' ? [name, `${name}Json`] : [name],
			),
			...(row.optional ? [collectionOf(row).name] : []),
			...(row.filters ? ['filters'] : []),
			...(row.answer === 'list' ? ['returnAll', 'limit'] : []),
			...(['record', 'records', 'list', 'documentVerdict'].includes(row.answer)
				? ['simplify']
				: []),
		];
		expect([...shown].sort()).toEqual([...expected].sort());
	});

	test('names a path and fields that exist', () => {
		if (row.local) expect(row.request).toBeUndefined();
		else expect(row.request).toMatch(/^(GET|POST|PATCH|PUT|DELETE) \/\S+$/);
		for (const name of [
			...(row.required ?? []),
			...(row.shown ?? []),
			...(row.optional ?? []),
			...(row.settings ?? []),
		])
			expect(resource.fields).toHaveProperty(name);
	});
});

test.each([
	...['account', 'product', 'policy', 'license', 'machine', 'user', 'release'],
	...['entitlement', 'environment'],
])('deleting a %s, which takes other records with it, says so and is not preselected', (name) => {
	const place = allRows().find(
		({ resourceName, operation }) => resourceName === name && operation === 'delete',
	);
	if (!place) throw new Error(`No delete of ${name}`);
	const notice = shownFor(place).find(({ type }) => type === 'notice');
	expect(notice?.displayName).toMatch(/This cannot be undone\.$/);
	const [operations] = nodeWith(name).description.properties.filter(
		({ name: property, displayOptions }) =>
			property === 'operation' && displayOptions?.show?.resource?.includes(name),
	);
	expect(operations.options?.[0]).not.toMatchObject({ value: 'delete' });
	expect(operations.default).not.toBe('delete');
});

test.each([
	'account.delete',
	'subscription.cancel',
	'subscription.pause',
	'subscription.changePlan',
])('%s asks for a confirmation that is empty at first', (name) => {
	const place = allRows().find(
		({ resourceName, operation }) => `${resourceName}.${operation}` === name,
	);
	if (!place) throw new Error(`No ${name}`);
	const field = shownFor(place).find((property) => property.name === 'confirmation');
	expect(field).toMatchObject({ required: true, default: '' });
});

/** All that the panel says for an operation. */
function panelTexts(name: string): string {
	const place = allRows().find(
		({ resourceName, operation }) => `${resourceName}.${operation}` === name,
	);
	if (!place) throw new Error(`No ${name}`);
	const [resource, operation] = name.split('.');
	const listed = nodeWith(resource).description.properties.filter(
		({ name: property, displayOptions }) =>
			property === 'operation' && displayOptions?.show?.resource?.includes(resource),
	);
	const choice = listed[0].options?.find(
		(option) => 'value' in option && option.value === operation,
	);
	const fields = shownFor(place).filter((property) => property.name !== 'operation');
	return JSON.stringify([choice, fields]);
}

test.each<[string, string]>([
	['token.regenerate', 'expires in 14 days'],
	['token.regenerateCurrent', '14 days'],
	['token.generate', 'ends after 14 days'],
	['license.update', "Max Machines (Back to the Policy's)"],
	['license.create', "Expiry (Follows from the Policy's Duration)"],
	['license.update', 'Expiry (Never Expires)'],
	['policy.create', '31556952 is one year'],
	['release.getAll', 'Beta lists betas, release candidates and stable releases'],
])('%s says what the service makes of it: %s', (name, text) => {
	expect(panelTexts(name)).toContain(text);
});

test("a policy's duration starts at one year of the calendar, and disk and memory at no mere byte", () => {
	const { fields } = TABLE.policy;
	expect(fields.duration.default).toBe(31_556_952);
	for (const resource of [TABLE.policy, TABLE.license])
		for (const name of ['maxMemory', 'maxDisk'])
			expect(resource.fields[name].default).toBeGreaterThanOrEqual(1024 ** 3);
});
