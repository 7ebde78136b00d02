import { randomUUID } from 'node:crypto';

import { makeCheckedOutFile } from '../../keygen-signing/checked-out-files.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { forbid, lacking } from '../refusals/forbidden.mts';
import { refuse } from '../refusals/problems.mts';
import { algorithmOf } from '../secrets/license-keys.mts';
import { after } from '../standing/durations.mts';
import { signatureAlgorithms } from '../state/enums.mts';
import { mustHave } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { asList, plain } from '../wire/query.mts';
import { licenseIncludes, machineIncludes, withIncluded } from './file-includes.mts';
import type { Include } from './file-includes.mts';

const LEAST_TTL = 3_600;
/** What clients may not read by themselves, nor have included. */
const staffOnly = new Set(['policy', 'product']);
/** One month in seconds, the ttl of a request that names none. */
const DEFAULT_TTL = 2_629_746;

interface Wishes {
	algorithm: string | undefined;
	/** Undefined when nothing was said, null for a file that does not expire. */
	ttl: number | null | undefined;
	include: string[];
}

/** Wishes of the body, else of the query. Throws 400 with the documented codes. */
function wishesOf(call: Call, known: Record<string, Include>): Wishes {
	const { meta } = call.body;
	const wanted =
		meta.include ??
		asList(call.query.include).flatMap((entry) => entry.split(',').filter((name) => name !== ''));
	// A license file knows the owner by its older name, too.
	const include = [...new Set(wanted)].map((name) =>
		name === 'user' && 'entitlements' in known ? 'owner' : name,
	);
	const ttl = ttlOf('ttl' in meta ? meta.ttl : call.query.ttl);
	if (typeof ttl === 'number' && ttl < LEAST_TTL)
		refuse(400, `must be greater than or equal to ${LEAST_TTL} (1 hour)`, {
			code: 'CHECKOUT_TTL_INVALID',
			parameter: 'ttl',
		});
	if (include.some((name) => !known[name]))
		refuse(400, 'invalid includes', { code: 'CHECKOUT_INCLUDE_INVALID', parameter: 'include' });
	const hidden = include.map((name) => name.split('.').pop() ?? '');
	if (['user', 'license'].includes(call.bearer.role) && hidden.some((name) => staffOnly.has(name)))
		forbid(lacking(call.bearer.role));
	const algorithm = 'algorithm' in meta ? meta.algorithm : plain(call.query.algorithm);
	return { algorithm: algorithm || undefined, ttl, include };
}

/** Whole seconds of a ttl in any form; text that is no number counts as 0, blank as no end. */
function ttlOf(value: unknown): number | null | undefined {
	if (value === undefined) return undefined;
	if (value === null || value === '') return null;
	const number = Math.trunc(typeof value === 'number' ? value : parseInt(String(value), 10));
	return Number.isNaN(number) ? 0 : number;
}

function wantsEncryption(call: Call): boolean {
	const text = plain(call.query.encrypt) ?? '';
	return call.body.meta.encrypt ?? !['', '0', 'f', 'false', 'off'].includes(text.toLowerCase());
}

/** The algorithm of a file: the one asked for, whatever was said about encryption. */
function algorithmFor(call: Call, wanted: string | undefined, scheme: string | null): string {
	if (wanted === undefined)
		return `${wantsEncryption(call) ? 'aes-256-gcm' : 'base64'}+${algorithmOf(scheme)}`;
	const [encoding, signing] = wanted.split('+');
	const wrong = (part: string) =>
		refuse(400, `invalid ${part} algorithm`, {
			code: 'CHECKOUT_ALGORITHM_INVALID',
			parameter: 'algorithm',
		});
	if (!['aes-256-gcm', 'base64'].includes(encoding)) wrong('encoding');
	if (!signatureAlgorithms.includes(signing)) wrong('signing');
	return wanted;
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
		const algorithm = algorithmFor(call, wishes.algorithm, scheme ?? null);
		const ttl = wishes.ttl === undefined ? DEFAULT_TTL : wishes.ttl;
		const issued = new Date(call.now).toISOString();
		const expiry = ttl === null ? null : new Date(after(call.now, ttl)).toISOString();
		const document = {
			...withIncluded(world, item, wishes.include, known, call.version),
			meta: { issued, expiry, ttl },
		};
		item.facts.lastCheckOut = issued;
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
