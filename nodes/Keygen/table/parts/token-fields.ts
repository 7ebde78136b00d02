import {
	attributes,
	dateTime,
	environment,
	number,
	permissions,
	relationships,
	text,
} from '../fields';
import type { Row } from '../row';
import { members } from './members';

/** What a token can be made with, for each kind of bearer. */
export const TOKEN_FIELDS = {
	...attributes({
		tokenExpiry: dateTime('Expiry', { at: 'attributes.expiry', nullable: 'Never Expires' }),
		tokenName: text('Name', { at: 'attributes.name' }),
		maxActivations: number('Max Activations', {
			min: 1,
			default: 1,
			description: 'How many machines the token may activate',
		}),
		maxDeactivations: number('Max Deactivations', {
			min: 1,
			default: 1,
			description: 'How many machines the token may deactivate',
		}),
		permissions,
	}),
	...relationships({ environment }),
};

/** The rows of a bearer's tokens. */
export function tokenRows<Name extends string>(
	bearer: string,
	plural: string,
	optional: Name[],
): Record<string, Row<Name>> {
	return {
		...(members(bearer, {
			path: 'tokens',
			record: 'token',
			one: 'token',
			many: 'tokens',
		}) as Record<string, Row<Name>>),
		generateToken: {
			name: 'Generate Token',
			action: `Generate ${bearer} token`,
			description: 'Make a token; its value is shown only now',
			request: `POST /${plural}/{${bearer}}/tokens`,
			type: 'tokens',
			optional,
		},
	};
}
