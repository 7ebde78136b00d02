import { distributionStrategies } from '../../state/enums.mts';
import { among, codeProblems } from '../account/unique.mts';
import type { Rules } from '../rules.mts';
import { urlProblems } from '../urls.mts';

export const productRules: Rules = {
	defaults: {
		code: null,
		distributionStrategy: 'LICENSED',
		url: null,
		platforms: null,
		metadata: {},
	},
	check(call, next, before) {
		const { url } = next.facts;
		return [
			...(typeof url === 'string' ? urlProblems(url, ['http', 'https']) : []),
			...(next.facts.distributionStrategy === null
				? []
				: among(
						next,
						'distributionStrategy',
						distributionStrategies,
						'unsupported distribution strategy',
					)),
			...codeProblems(call, next, before),
		];
	},
};
