import { LISTS } from '../lists';
import { line, type Resource } from '../row';

/** Generates a token; shared by two operations. */
export const GENERATE = line(
	'public-api-key generate --format=json --name={tokenName} --integrations={integrations} --expires={expires}',
);
/** Revokes a token; shared by three operations. */
export const REVOKE = line('public-api-key revoke -f {token}');

export const apiToken: Resource = {
	name: 'API Token',
	operations: {
		finishRotation: {
			name: 'Finish Rotation',
			action: 'Finish rotation of API token',
			description: 'Test the new token where it is used, then revoke the old ones',
			does: 'finishRotation',
			lines: [LISTS.tokens.line, REVOKE],
			uses: ['newTokenName', 'newToken', 'oldTokenNames', 'region', 'baseUrl'],
		},
		generate: {
			name: 'Generate',
			action: 'Generate API token',
			description: 'Generate a token for the Keeper Admin API; only this operation shows its value',
			notice:
				"The output holds the token. To keep it out of n8n's database, turn off saving executions in the workflow's settings.",
			does: 'generateToken',
			lines: [LISTS.tokens.line, GENERATE],
			uses: ['tokenName', 'integrations', 'expires'],
		},
		getAll: {
			name: 'Get Many',
			action: 'Get many API tokens',
			description: 'List the tokens for the Keeper Admin API, without their values',
			reads: line('public-api-key list --format=json'),
		},
		revoke: {
			name: 'Revoke',
			action: 'Revoke API token',
			description: 'Revoke a token immediately and permanently',
			changes: REVOKE,
			shows: {
				in: 'tokens',
				by: 'token',
				so: (token) => token === undefined || !['Active', 'Expired'].includes(String(token.status)),
			},
		},
		startRotation: {
			name: 'Start Rotation',
			action: 'Start rotation of API token',
			description: 'Generate a new token for Keeper Admin Events and test it',
			notice:
				"The output holds the token. Put it where it is needed, then run Finish Rotation. To keep it out of n8n's database, turn off saving executions in the workflow's settings.",
			does: 'startRotation',
			lines: [LISTS.tokens.line, GENERATE, REVOKE],
			uses: ['rotationName', 'expires', 'region', 'baseUrl'],
		},
	},
};
