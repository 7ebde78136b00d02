import { randomUUID } from 'node:crypto';

import { makeCheckedOutFile } from '../../keygen-signing/checked-out-files.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { render } from '../records/render.mts';
import { refuse } from '../refusals/problems.mts';
import { algorithmOf } from '../secrets/license-keys.mts';
import { signatureAlgorithms } from '../state/enums.mts';
import { entitlementsOf, mustHave, related, usersOf } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { emit } from '../webhooks/events.mts';
import { asList, plain } from '../wire/query.mts';

const LEAST_TTL = 3_600;
/** One month in seconds, the ttl of a request that names none. */
const DEFAULT_TTL = 2_629_746;

type Include = (world: World, item: Item) => Item[];

const one =
	(name: string): Include =>
	(world, item) =>
		[related(world, item, name)].filter((found) => found !== undefined);

const licenseIncludes: Record<string, Include> = {
	entitlements: entitlementsOf,
	users: usersOf,
	user: one('owner'),
	owner: one('owner'),
	product: one('product'),
	policy: one('policy'),
	group: one('group'),
	environment: (world, item) =>
		[world.store.get('environments', item.environment)].filter((found) => found !== undefined),
};

const ofLicense =
	(include: Include): Include =>
	(world, machine) =>
		include(world, mustHave(world, machine, 'license'));

const machineIncludes: Record<string, Include> = {
	license: one('license'),
	group: one('group'),
	owner: one('owner'),
	user: one('owner'),
	environment: licenseIncludes.environment,
	components: (world, machine) => world.store.children('components', 'machine', machine.id),
	...Object.fromEntries(
		['entitlements', 'product', 'policy', 'owner', 'users', 'user'].map((name) => [
			`license.${name}`,
			ofLicense(licenseIncludes[name]),
		]),
	),
};

interface Wishes {
	encrypt: boolean;
	algorithm: string | null | undefined;
	ttl: number | null | undefined;
	include: string[];
}

/** Wishes of the body, else of the query. Throws 400 with the documented codes. */
function wishesOf(call: Call, known: Record<string, Include>): Wishes {
	const { meta } = call.body;
	const text = plain(call.query.ttl);
	const where = (name: string) =>
		name in meta ? { pointer: `/meta/${name}` } : { parameter: name };
	const ttl =
		'ttl' in meta ? meta.ttl : text === undefined ? undefined : text === '' ? null : Number(text);
	const include: string[] =
		meta.include ?? asList(call.query.include).flatMap((entry) => entry.split(','));
	if (ttl !== undefined && ttl !== null && !(Number.isInteger(ttl) && ttl >= LEAST_TTL)) {
		refuse(400, `must be at least ${LEAST_TTL} seconds`, {
			code: 'CHECKOUT_TTL_INVALID',
			...where('ttl'),
		});
	}
	const unknown = include.find((name) => !known[name]);
	if (unknown !== undefined)
		refuse(400, `'${unknown}' cannot be included`, {
			code: 'CHECKOUT_INCLUDE_INVALID',
			...where('include'),
		});
	const encrypt = meta.encrypt ?? ['true', '1'].includes(plain(call.query.encrypt) ?? '');
	return {
		encrypt,
		algorithm: 'algorithm' in meta ? meta.algorithm : plain(call.query.algorithm),
		ttl,
		include,
	};
}

function checkOut(
	type: 'licenses' | 'machines',
	known: Record<string, Include>,
): (call: Call) => { file: Item; item: Item } {
	const word = type === 'licenses' ? 'license' : 'machine';
	return (call) => {
		const { world } = call;
		const item = find(call, type, call.params.id);
		const license = type === 'licenses' ? item : mustHave(world, item, 'license');
		const wishes = wishesOf(call, known);
		const scheme = mustHave(world, license, 'policy').facts.scheme;
		const algorithm =
			wishes.algorithm ??
			`${wishes.encrypt ? 'aes-256-gcm' : 'base64'}+${algorithmOf(scheme ?? null)}`;
		const [encoding, signing] = algorithm.split('+');
		if (
			encoding !== (wishes.encrypt ? 'aes-256-gcm' : 'base64') ||
			!signatureAlgorithms.includes(signing)
		) {
			const where =
				'algorithm' in call.body.meta ? { pointer: '/meta/algorithm' } : { parameter: 'algorithm' };
			refuse(400, `'${algorithm}' is not an algorithm for this`, {
				code: 'CHECKOUT_ALGORITHM_INVALID',
				...where,
			});
		}
		item.facts.lastCheckOut = new Date(call.now).toISOString();
		const ttl = wishes.ttl === undefined ? DEFAULT_TTL : wishes.ttl;
		const issued = new Date(call.now).toISOString();
		const expiry = ttl === null ? null : new Date(call.now + ttl * 1000).toISOString();
		const included = wishes.include
			.flatMap((name) => known[name](world, item))
			.map((found) => render(world, found, call.version));
		const document = {
			data: render(world, item, call.version),
			included,
			meta: { issued, expiry, ttl },
		};
		const secret = `${license.facts.key}${type === 'machines' ? item.facts.fingerprint : ''}`;
		const certificate = makeCheckedOutFile(world.keys, { kind: word, algorithm, document, secret });
		const facts = { certificate, algorithm, includes: wishes.include, ttl, expiry, issued };
		const links: Record<string, string | null> = {
			[word]: item.id,
			...(type === 'machines' && { license: license.id }),
		};
		emit(call, `${word}.checked-out`, item);
		return {
			item,
			file: {
				type: `${word}-files`,
				id: randomUUID(),
				seq: 0,
				created: call.now,
				updated: call.now,
				environment: item.environment,
				facts,
				links,
			},
		};
	};
}

const makeLicenseFile = checkOut('licenses', licenseIncludes);
const makeMachineFile = checkOut('machines', machineIncludes);

function asFile(make: typeof makeLicenseFile): Handler {
	return (call): Reply => {
		const { item, file } = make(call);
		const headers = { 'content-disposition': `attachment; filename="${item.id}.lic"` };
		return {
			status: 200,
			raw: { type: 'application/octet-stream', body: String(file.facts.certificate) },
			headers,
		};
	};
}

export const checkOutLicense: Handler = (call) => ({
	status: 200,
	data: makeLicenseFile(call).file,
});
export const checkOutMachine: Handler = (call) => ({
	status: 200,
	data: makeMachineFile(call).file,
});
export const licenseFile: Handler = asFile(makeLicenseFile);
export const machineFile: Handler = asFile(makeMachineFile);
