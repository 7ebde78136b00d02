import { licensesInHand } from '../access/clients-sight.mts';
import type { Call, Handler, Reply } from '../call/call.mts';
import { findAmong, parentOf } from '../call/finding.mts';
import { create } from '../editing/changing.mts';
import { findNarrowed } from '../reading/narrowing.mts';
import { startExpiry } from '../rules/licensing/expiry.mts';
import { mustHave } from '../state/relations.mts';
import { broken } from '../refusals/problems.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { asList, plain } from '../wire/query.mts';

const TTL = 3_600;
const MOST_TTL = 604_800;

/** `Prefer` of the header or of `?prefer=`. */
function prefers(call: Call, wish: string): boolean {
	const header = [call.headers.prefer ?? []].flat().join(',');
	return [...header.split(','), ...asList(call.query.prefer)].some(
		(entry) => entry.trim() === wish,
	);
}

/** An address at the storage host that works without further authentication. */
function presigned(call: Call, artifact: Item, verb: string): string {
	const ttl = plain(call.query.ttl) || TTL;
	// The store signs for a week at most, and the service trips over what is no number.
	if (!(Number(ttl) <= MOST_TTL)) broken();
	return `${call.world.storageUrl}/${call.world.account.id}/${artifact.id}/${encodeURIComponent(artifact.facts.filename ?? '')}?X-Amz-Expires=${ttl}&X-Amz-Signature=${verb}-${artifact.id.slice(0, 8)}`;
}

function withRedirect(artifact: Item, url: string): Item {
	return { ...artifact, facts: { ...artifact.facts, extraLinks: { redirect: url } } };
}

/** POST: 307 to where the binary is to be PUT, or 200 with the same Location. */
export function createArtifact(): Handler {
	const make = create('artifacts');
	return async (call): Promise<Reply> => {
		const artifact = (await make(call)).data as Item;
		const url = presigned(call, artifact, 'put');
		const status = prefers(call, 'no-redirect') ? 200 : 307;
		return { status, data: withRedirect(artifact, url), headers: { location: url } };
	};
}

/** GET: 303 to the binary, 200 with `Prefer`; no-download answers with the metadata alone. */
function download(call: Call, artifact: Item): Reply {
	if (prefers(call, 'no-download') || artifact.facts.status !== 'UPLOADED')
		return { status: 200, data: artifact };
	const url = presigned(call, artifact, 'get');
	const release = mustHave(call.world, artifact, 'release');
	for (const license of licensesInHand(call)) startExpiry(call, license, 'FROM_FIRST_DOWNLOAD');
	emit(call, 'artifact.downloaded', artifact);
	emit(call, 'release.downloaded', release);
	const status = prefers(call, 'no-redirect') ? 200 : 303;
	return { status, data: withRedirect(artifact, url), headers: { location: url } };
}

export const showArtifact: Handler = (call) =>
	download(call, findNarrowed(call, 'artifacts', call.params.id));

export function showArtifactOf(
	parentType: string,
	membersOf: (call: Call, parent: Item) => Item[],
): Handler {
	return (call) =>
		download(
			call,
			findAmong(call, 'artifacts', call.params.id, membersOf(call, parentOf(call, parentType))),
		);
}

/** DELETE yanks: the record stays for staff, the binary is gone. */
export const yankArtifact: Handler = (call) => {
	const artifact = findNarrowed(call, 'artifacts', call.params.id);
	artifact.facts.status = 'YANKED';
	call.world.store.touch(artifact, call.now);
	emit(call, 'artifact.deleted', artifact);
	return { status: 204 };
};
