import { visible } from '../access/visibility.mts';
import type { Call, Handler } from '../call/call.mts';
import { find } from '../call/finding.mts';
import { noneFound } from '../refusals/not-found.mts';
import { refuse } from '../refusals/problems.mts';
import { findNarrowed } from '../reading/narrowing.mts';
import { channels } from '../state/enums.mts';
import { related } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import { emit } from '../webhooks/events.mts';
import { plain } from '../wire/query.mts';
import { compareSemver, satisfies } from '../wire/semver.mts';
import type { Semver } from '../wire/semver.mts';

export const publish: Handler = (call) => turn(call, 'PUBLISHED', 'release.published');
export const yank: Handler = (call) => turn(call, 'YANKED', 'release.yanked');

function turn(call: Call, status: string, event: string) {
	const release = find(call, 'releases', call.params.id);
	release.facts.status = status;
	// The time of a yank stays when the release is published again.
	if (status === 'YANKED') release.facts.yanked = new Date(call.now).toISOString();
	call.world.store.touch(release, call.now);
	emit(call, event, release);
	return { status: 200, data: release };
}

/** Releases are stored with what their version means; the service makes none without. */
function semverOf({ facts }: Item): Semver {
	if (!facts.semver) throw new Error(`The release ${facts.version} has no semantic version`);
	return facts.semver;
}

/** GET upgrade: the newest visible release above the named one, in its channel or a stabler one. */
export const upgrade: Handler = (call) => {
	const current = findNarrowed(call, 'releases', call.params.release_id);
	const channel = plain(call.query.channel) ?? current.facts.channel ?? '';
	const constraint = plain(call.query.constraint);
	if (!channels.includes(channel))
		refuse(400, 'is not a channel', { code: 'UPGRADE_CHANNEL_INVALID', parameter: 'channel' });
	if (constraint !== undefined && satisfies(semverOf(current), constraint) === undefined) {
		refuse(400, 'is a version such as 1, 1.2 or 1.2.3', {
			code: 'CONSTRAINT_INVALID',
			parameter: 'constraint',
		});
	}
	// Channels are ordered from stable to alpha; each includes those before it, dev stands alone.
	const reach = channel === 'dev' ? ['dev'] : channels.slice(0, channels.indexOf(channel) + 1);
	const next = call.world.store
		.children('releases', 'product', current.links.product ?? '')
		.filter(
			(release) =>
				(release.links.package ?? null) === (current.links.package ?? null) &&
				reach.includes(release.facts.channel ?? ''),
		)
		.filter((release) => release.facts.status === 'PUBLISHED' && visible(call, release))
		.filter((release) => compareSemver(semverOf(release), semverOf(current)) > 0)
		.filter((release) => constraint === undefined || satisfies(semverOf(release), constraint))
		.sort((a, b) => compareSemver(semverOf(b), semverOf(a)))[0] as Item | undefined;
	if (!next) return noneFound('releases');
	const meta = { current: current.facts.version, next: next.facts.version };
	emit(call, 'release.upgraded', next, meta);
	return { status: 200, data: next, meta };
};

/** PATCH of a release's package answers with the package. */
export const answerWithPackage =
	(handler: Handler): Handler =>
	async (call) => {
		const reply = await handler(call);
		return { ...reply, data: related(call.world, reply.data as Item, 'package') ?? null };
	};
