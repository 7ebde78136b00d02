import { row } from '../../call/row.mts';
import type { Row } from '../../call/row.mts';
import { create, destroy, relink, update } from '../../editing/changing.mts';
import { attachConstraints, detachConstraints } from '../../editing/joins.mts';
import {
	createArtifact,
	showArtifact,
	showArtifactOf,
	yankArtifact,
} from '../../handlers/artifacts.mts';
import { answerWithPackage, publish, upgrade, yank } from '../../handlers/releases.mts';
import { ENVIRONMENT, manyOf, oneOf } from '../../notation/linkages.mts';
import { list, member, members, show, showOne } from '../../reading/reading.mts';
import { embeddedConstraints, mayMoveToPackage } from '../../rules/distribution/releases.mts';
import { membersOf } from '../../state/relations.mts';
import { RELEASE_FILTERS } from './products.mts';

const open = 'ANYONE';
const engine =
	'engine?: string|null ∈{pypi,tauri,raw,rubygems,npm,oci}; metadata?: object (depth≤2)';

export const packageRows: Row[] = [
	row('GET /packages', open, list('packages'), { filters: 'product engine' }),
	row('GET /packages/{id}', open, show('packages')),
	row('POST /packages', 'PRIV', create('packages'), {
		type: 'packages',
		attributes: `name: string; key: string; ${engine}`,
		relationships: `product→{products}; ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /packages/{id}', 'PRIV', update('packages'), {
		type: 'packages',
		id: 'ignored',
		attributes: `name?: string; key?: string; ${engine}`,
	}),
	row('DELETE /packages/{id}', 'PRIV', destroy('packages')),
];

const type = 'releases';
/** What tells releases of one version apart. */
const narrowing = 'channel product package engine status';
const releaseAttributes =
	'name?: string|null; description?: string|null; channel: string ∈{stable,rc,beta,alpha,dev}; status?: string ∈{DRAFT,PUBLISHED}; ' +
	'version: string; tag?: string|null; backdated?: datetime|null; metadata?: object (depth≤2); filename?: string (api<= 1.0); filesize?: integer|null (api<= 1.0); ' +
	'filetype?: string (api<= 1.0); platform?: string (api<= 1.0); signature?: string (api<= 1.0); checksum?: string (api<= 1.0)';
const entitlement = 'entitlement→{entitlements}';

const releaseBody: Partial<Row> = {
	type,
	attributes: releaseAttributes,
	relationships: `product→{products}; package?→{packages}|null; ${ENVIRONMENT}`,
	embedded: { constraints: { types: 'constraints', optional: true, relationships: entitlement } },
};

const nested = (segment: string): Row[] => [
	row(`GET /releases/{release_id}/${segment}`, open, members(type, segment)),
	row(`GET /releases/{release_id}/${segment}/{id}`, open, member(type, segment)),
];

export const releaseRows: Row[] = [
	row('GET /releases', open, list(type), {
		filters: `yanked entitlements constraints channel product package engine status ${RELEASE_FILTERS}`,
	}),
	row('GET /releases/{id}', open, show(type), { filters: narrowing }),
	row('POST /releases', 'PRIV', create(type, embeddedConstraints), releaseBody),
	row('PATCH|PUT /releases/{id}', 'PRIV', update(type), {
		type,
		filters: narrowing,
		id: 'ignored',
		attributes:
			'name?: string|null; description?: string|null; tag?: string|null; backdated?: datetime|null; metadata?: object (depth≤2); ' +
			'filesize?: integer|null (api<= 1.0); signature?: string|null (api<= 1.0); checksum?: string|null (api<= 1.0)',
	}),
	row('DELETE /releases/{id}', 'PRIV', destroy(type), { filters: narrowing }),
	row('POST /releases/{id}/actions/publish', 'PRIV', publish),
	row('POST /releases/{id}/actions/yank', 'PRIV', yank),
	row('GET /releases/{release_id}/upgrade', open, upgrade, {
		query: 'constraint?: string; package?: string; channel?: string',
		filters: 'product package',
	}),
	...nested('entitlements'),
	...nested('constraints'),
	row('POST /releases/{release_id}/constraints', 'PRIV', attachConstraints, {
		...manyOf('constraints'),
		relationships: entitlement,
	}),
	row(
		'DELETE /releases/{release_id}/constraints',
		'PRIV',
		detachConstraints,
		manyOf('constraints'),
	),
	row('GET /releases/{release_id}/artifacts', open, members(type, 'artifacts'), {
		filters: 'status filetype platform arch',
	}),
	row(
		'GET /releases/{release_id}/artifacts/{id}',
		open,
		showArtifactOf(type, ({ world }, release) => membersOf(world, release, 'artifacts')),
		{ query: 'ttl?: any (roles STAFF+)' },
	),
	row('GET /releases/{release_id}/package', open, showOne(type, 'package', true)),
	row(
		'PATCH|PUT /releases/{release_id}/package',
		'PRIV',
		answerWithPackage(relink(type, 'package', mayMoveToPackage)),
		oneOf('packages'),
	),
	row('GET /releases/{release_id}/product', open, showOne(type, 'product')),
	row('PUT /releases', 'PRIV', create(type, embeddedConstraints), { ...releaseBody, upTo: '1.0' }),
];

const artifactFilters = 'channel product release status package engine filetype platform arch';

export const artifactRows: Row[] = [
	row('GET /artifacts', open, list('artifacts'), {
		filters: artifactFilters,
	}),
	row('GET /artifacts/{id}', open, showArtifact, {
		query: 'ttl?: any (roles STAFF+)',
		filters: artifactFilters,
	}),
	row('POST /artifacts', 'PRIV', createArtifact(), {
		type: 'artifacts',
		attributes:
			'filename: string; filesize?: integer|null; filetype?: string|null; platform?: string|null; arch?: string|null; signature?: string|null; checksum?: string|null; metadata?: object (depth≤2)',
		relationships: `release→{releases}; ${ENVIRONMENT}`,
	}),
	row('PATCH|PUT /artifacts/{id}', 'PRIV', update('artifacts'), {
		type: 'artifacts',
		filters: artifactFilters,
		id: 'ignored',
		attributes:
			'filesize?: integer|null; signature?: string|null; checksum?: string|null; metadata?: object (depth≤2)',
	}),
	row('DELETE /artifacts/{id}', 'PRIV', yankArtifact, { filters: artifactFilters }),
];

/** What artifacts, releases and packages brought into being; nobody writes these. */
export const derivedRows: Row[] = ['engines', 'platforms', 'arches', 'channels'].flatMap(
	(plural) => [
		row(`GET /${plural}`, open, list(plural)),
		row(`GET /${plural}/{id}`, open, show(plural)),
	],
);
