import {
	attributes,
	dateTime,
	environment,
	number,
	permissions,
	relationships,
	text,
} from '../fields';
import { RECORDS, type RecordName } from '../records';
import type { WrittenRequest } from '../resource';
import { members } from './members';

/** What a token can be made with, for each kind of bearer. */
export const TOKEN_FIELDS = {
	...attributes({
		tokenExpiry: dateTime('Expiry', { at: 'attributes.expiry', nullable: 'Never Expires' }),
		tokenName: text('Name', { at: 'attributes.name' }),
		maxActivations: number('Max Activations', {
			min: 0,
			default: 1,
			description: 'How many machines the token may activate',
		}),
		maxDeactivations: number('Max Deactivations', {
			min: 0,
			default: 1,
			description: 'How many machines the token may deactivate',
		}),
		permissions,
	}),
	...relationships({ environment }),
};

/** The rows of a bearer's tokens. */
export function tokenRows(
	bearer: RecordName,
	optional: ReadonlyArray<keyof typeof TOKEN_FIELDS>,
): Record<string, WrittenRequest<keyof typeof TOKEN_FIELDS>> {
	return {
		...members(bearer, { path: 'tokens', record: 'token', one: 'token', many: 'tokens' }),
		generateToken: {
			name: 'Generate Token',
			action: `Generate ${bearer} token`,
			description: 'Create a token. Its value is shown only once.',
			request: `POST /${RECORDS[bearer].type}/{${bearer}}/tokens`,
			type: 'tokens',
			optional,
		},
	};
}
