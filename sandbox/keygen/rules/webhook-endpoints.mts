import { attribute } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';
import { signatureAlgorithms } from '../state/enums.mts';
import type { World } from '../state/world.mts';
import { knownEvents } from '../webhooks/events.mts';
import type { Rules } from './rules.mts';

const URL_BYTES = 4_096;

export const endpointRules: Rules = {
	prepare(call, next) {
		next.facts.subscriptions ??= ['*'];
		next.facts.signatureAlgorithm ??= 'ed25519';
		next.facts.apiVersion ??= call.version;
		// A product's endpoint is its own whether or not the request says so.
		if (call.bearer.role === 'product') next.links.product ??= call.bearer.item.id;
	},
	check(call, next) {
		const problems = urlProblems(call.world, next.facts.url ?? '');
		const { subscriptions = [], signatureAlgorithm = '' } = next.facts;
		const wrong = (detail: string, code: string) =>
			problems.push(unprocessable(detail, code, attribute('subscriptions')));
		if (subscriptions.length === 0) wrong('needs at least one event', 'SUBSCRIPTIONS_TOO_SHORT');
		else if (subscriptions.length > 1 && subscriptions.includes('*'))
			wrong('is either * alone or a list of events', 'SUBSCRIPTIONS_NOT_ALLOWED');
		else if (!subscriptions.every((name) => name === '*' || knownEvents(call.world).has(name)))
			wrong('holds an unknown event', 'SUBSCRIPTIONS_NOT_ALLOWED');
		const algorithms = signatureAlgorithms.filter(
			(name) => name !== 'ecdsa-p256' || call.world.edition.since('1.6.0'),
		);
		if (!algorithms.includes(signatureAlgorithm)) {
			problems.push(
				unprocessable(
					'is not a known algorithm',
					'SIGNATURE_ALGORITHM_NOT_ALLOWED',
					attribute('signatureAlgorithm'),
				),
			);
		}
		return problems;
	},
};

/** https, a public host name, at most 4 KiB; hosts that tests allow are exempt. */
function urlProblems(world: World, text: string): Problem[] {
	const wrong = (detail: string, code: string) => [unprocessable(detail, code, attribute('url'))];
	if (Buffer.byteLength(text) > URL_BYTES) return wrong('must not exceed 4 KiB', 'URL_TOO_LONG');
	if (!URL.canParse(text)) return wrong('must be a URL', 'URL_INVALID');
	const { protocol, hostname } = new URL(text);
	if (world.options.webhooks?.allowHosts?.includes(hostname)) return [];
	if (protocol !== 'https:') return wrong('must use https', 'URL_PROTOCOL_INVALID');
	const isPublic = /\.[a-zA-Z]{2,}$/.test(hostname) && !/(^|\.)keygen\.sh$/i.test(hostname);
	return isPublic ? [] : wrong('must have a public host name', 'URL_HOST_INVALID');
}
