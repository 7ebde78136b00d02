import { FILTERS } from '../../../nodes/Keygen/table/filters';
import type { Place } from '../../../nodes/Keygen/table/place';
import { allRows } from '../../../nodes/Keygen/table/table';
import { catalogue } from '../../../sandbox/keygen/catalogue.mts';
import { allRows as routes } from '../../../sandbox/keygen/routes/all-rows.mts';
import type { Row as Route } from '../../../sandbox/keygen/call/row.mts';
import { fields, linkages, type Field } from '../../../sandbox/keygen/notation/notation.mts';
import { coverage, normal } from '../../../scripts/keygen/operations.mts';

const { lines, strangers } = coverage(catalogue, allRows());

test('every operation of the catalogue is in the node or left out for a reason', () => {
	const missing = lines.filter(({ rows, leftOut }) => rows.length === 0 && !leftOut);
	expect(
		missing.map(
			({ operation }) =>
				`no row in nodes/Keygen/table for ${operation}: add one, or the reason under LEFT_OUT in scripts/keygen/operations.mts`,
		),
	).toEqual([]);
});

test('the node has no operation that the catalogue does not know', () => {
	expect(
		strangers.map(
			(name) =>
				`no operation in sandbox/keygen/catalogue.mts for the row ${name}: add it from Keygen's documentation`,
		),
	).toEqual([]);
});

/** What a route takes, as the names under which the node's fields go on the wire. */
function taken(route: Route): string[] {
	const names = (prefix: string, members: Field[]): string[] =>
		members
			.filter(({ upTo }) => upTo === undefined)
			.flatMap(({ name, members: inner }) =>
				inner ? names(`${prefix}.${name}`, inner) : [`${prefix}.${name}`],
			);
	return [
		...(route.attributes ? names('attributes', fields(route.attributes).members) : []),
		...(route.meta ? names('meta', fields(route.meta).members) : []),
		...(route.query ? names('query', fields(route.query).members) : []),
		...(route.relationships
			? linkages(route.relationships)
					.members.filter(({ alias }) => !alias)
					.map(({ name }) => `relationships.${name}`)
			: []),
		...Object.keys(route.embedded ?? {}).map((name) => `relationships.${name}`),
		...(route.filters ?? '')
			.split(' ')
			.filter(Boolean)
			.map((name) => `query.${name}`),
		...(route.id && route.id !== 'ignored' ? ['data.id'] : []),
	];
}

/** What an operation can send, without the parts in brackets. */
function sendable({ row, resource }: Place): string[] {
	const named = [...(row.required ?? []), ...(row.optional ?? []), ...(row.settings ?? [])].map(
		(name) => resource.fields[name],
	);
	const filters = (row.filters ?? []).map((name) => FILTERS[name]);
	return [...named, ...filters]
		.flatMap(({ at, blanks, options }) =>
			blanks
				? Object.keys(options ?? {}).map((name) => `query.${name}`)
				: [at.replace(/\[.*$/, '')],
		)
		.filter((at) => at !== 'input' && at !== 'data');
}

function routeOf({ row }: Place): Route {
	const { method = '', path = '' } = row;
	const found = routes.find(({ route }) => {
		const [methods, known] = route.split(' ');
		return methods.split('|').includes(method) && normal(known) === normal(path);
	});
	if (found) return found;
	throw new Error(
		`no route in sandbox/keygen/routes for ${row.request}: add it from Keygen's documentation`,
	);
}

/** Members that the service takes and the node does not offer, maybe in one operation, with the reason. */
const NOT_OFFERED: Record<string, string> = {
	'query.encrypt': 'the JSON form of a check-out has it in the body',
	'query.algorithm': 'the JSON form of a check-out has it in the body',
	'query.ttl': 'of a link that a mere look does not use, or in the body',
	'query.include': 'the JSON form of a check-out has it in the body',
	'meta.encrypted': 'older name of legacyEncrypted',
	'machine.getComponents query.status': 'answered with 500 by every server',
	'artifact.upload attributes.filesize': 'measured by the node',
	'release.attachConstraints relationships.entitlement': 'inside each linkage',
	'token.generateForPassword relationships.bearer': 'the token is for who gives the password',
	'attributes.role': 'of the admins of an environment, who have no other role',
};
const NARROWING = [
	'channel',
	'engine',
	'package',
	'product',
	'release',
	'status',
	'filetype',
	'platform',
	'arch',
].map((name) => `query.${name}`);
const LEGACY_FILTERS = ['query.version', 'query.filetype', 'query.platform', 'query.arch'];

describe.each(
	allRows()
		.filter(({ row }) => row.request !== undefined)
		.map((place) => [`${place.resourceName}.${place.operation}`, place] as const),
)('%s', (name, place) => {
	test('sends only what the service takes', () => {
		const known = taken(routeOf(place));
		// The service ignores query parameters that it does not know, so nothing else would tell.
		expect(sendable(place).filter((at) => !known.includes(at))).toEqual([]);
	});

	test('offers all that the service takes', () => {
		const offered = sendable(place);
		const missing = taken(routeOf(place)).filter(
			(at) => !offered.includes(at) && !(at in NOT_OFFERED) && !(`${name} ${at}` in NOT_OFFERED),
		);
		// What narrows an alias: the node looks the record up by it and sends the ID.
		const narrows = ['releases', 'artifacts'].includes((place.row.path ?? '').split('/')[1]);
		if (narrows && place.row.answer !== 'list' && place.row.records.length === 1) {
			expect(missing.filter((at) => !NARROWING.includes(at))).toEqual([]);
			return;
		}
		const isRelease = place.row.answer === 'list' && /releases$/.test(place.row.request ?? '');
		expect(missing.filter((at) => !(isRelease && LEGACY_FILTERS.includes(at)))).toEqual([]);
	});
});
