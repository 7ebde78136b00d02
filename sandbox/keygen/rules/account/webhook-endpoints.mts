import { forbid } from '../../refusals/forbidden.mts';
import { attribute } from '../../refusals/phrases.mts';
import { unprocessable } from '../../refusals/problems.mts';
import type { Problem } from '../../refusals/problems.mts';
import { signatureAlgorithms } from '../../state/enums.mts';
import type { World } from '../../state/world.mts';
import { knownEvents } from '../../webhooks/events.mts';
import type { Rules } from '../rules.mts';
import { urlProblems } from '../urls.mts';

const URL_BYTES = 4_096;
const UNSUPPORTED = 'unsupported webhook event type for subscription';

export const endpointRules: Rules = {
	prepare(call, next) {
		next.facts.subscriptions = [...new Set(next.facts.subscriptions ?? ['*'])];
		next.facts.signatureAlgorithm ??= 'ed25519';
		next.facts.apiVersion ??= call.version;
		// A product's endpoint is its own whether or not the request says so.
		if (call.bearer.role !== 'product') return;
		if (next.links.product === null) forbid();
		next.links.product ??= call.bearer.item.id;
	},
	check(call, next) {
		const problems = endpointUrlProblems(call.world, next.facts.url ?? '');
		const { subscriptions = [], signatureAlgorithm = '' } = next.facts;
		const wrong = (detail: string, code: string) =>
			problems.push(unprocessable(detail, code, attribute('subscriptions')));
		if (subscriptions.length === 0)
			wrong('must have at least 1 webhook event subscription', 'SUBSCRIPTIONS_TOO_SHORT');
		else if (subscriptions.length > 1 && subscriptions.includes('*'))
			wrong(UNSUPPORTED, 'SUBSCRIPTIONS_NOT_ALLOWED');
		else if (!subscriptions.every((name) => name === '*' || knownEvents(call.world).has(name)))
			wrong(UNSUPPORTED, 'SUBSCRIPTIONS_NOT_ALLOWED');
		const algorithms = signatureAlgorithms.filter(
			(name) => name !== 'ecdsa-p256' || call.world.edition.since('1.6.0'),
		);
		if (!algorithms.includes(signatureAlgorithm)) {
			problems.push(
				unprocessable(
					'unsupported signature algorithm',
					'SIGNATURE_ALGORITHM_NOT_ALLOWED',
					attribute('signatureAlgorithm'),
				),
			);
		}
		return problems;
	},
};

/** https, a public host name, at most 4 KiB; hosts that tests allow are exempt. */
function endpointUrlProblems(world: World, text: string): Problem[] {
	if (Buffer.byteLength(text) > URL_BYTES) {
		const detail = `is too long (maximum is ${URL_BYTES} characters)`;
		return [unprocessable(detail, 'URL_TOO_LONG', attribute('url'))];
	}
	const exempt = world.options.webhooks?.allowHosts ?? [];
	return URL.canParse(text) && exempt.includes(new URL(text).hostname)
		? []
		: urlProblems(text, ['https']);
}
