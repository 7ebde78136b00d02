import { fail, ok, type Result } from '../../shared/failure';
import { keeperBaseUrl } from '../../shared/keeper/keeper-region';
import { commandLine } from '../command-line/command-line';
import { rowsOf } from '../service/rows';
import { LISTS } from '../table/lists';
import { apiToken, REVOKE } from '../table/resources/api-tokens';
import type { ChangeRow } from '../table/row';
import { change } from './change';
import { makeToken, tokenNames } from './generate-token';
import type { Operation } from './operation';
import type { Ending, Outcome, Unsuccessful } from './outcome';
import { proveToken, type TokenUse } from './proof';

/** Exactly what Keeper Admin Events needs. */
const LEAST_PRIVILEGE = 'SIEM:1';
const STAMP = /^ \d{8}T\d{6}Z$/;

/**
 * Generates and tests a token's successor. Tokens of one rotation share a base name, which identifies
 * the ones to revoke. A new token that fails the test is revoked.
 */
export async function startRotation(operation: Operation): Promise<Ending> {
	const base = operation.values.rotationName ?? '';
	const address = addressOf(operation);
	if (!address.ok) return fail(nothingDone(address.failure));
	const names = await tokenNames(operation);
	if (!names.ok) return names;
	const values = {
		...operation.values,
		tokenName: base + stampOf(new Date()),
		integrations: LEAST_PRIVILEGE,
	};
	const made = await makeToken({ ...operation, values }, names.value);
	if (!made.ok) return made;
	const { token } = made.value;
	const proof = await proveToken(operation.door, { baseUrl: address.value, token }, true);
	if (!proof.ok) return fail(await takenBack(operation, values.tokenName, proof.failure));
	const outcome: Outcome = 'done';
	const oldTokenNames = names.value.filter((name) => isOfRotation(name, base));
	return ok({ outputs: [{ ...made.value, oldTokenNames, outcome }], changed: true });
}

/** Tests the new token where it is used, then revokes the old ones. */
export async function finishRotation(operation: Operation): Promise<Ending> {
	const { newTokenName = '', newToken = '', oldTokenNames } = operation.values;
	const olds = JSON.parse(oldTokenNames ?? '[]') as string[];
	if (olds.includes(newTokenName))
		return fail(
			nothingDone({
				message: `'${newTokenName}' is both the new token and an old one`,
				description: "Check 'Old Token Names'. Nothing was revoked.",
			}),
		);
	const use = tokenUse(operation, newToken);
	if (!use.ok) return fail(nothingDone(use.failure));
	const isActive = await isTokenActive(operation, newTokenName);
	if (!isActive.ok) return isActive;
	const proof = await proveToken(operation.door, use.value, false);
	if (!proof.ok) return fail(nothingDone(proof.failure));
	return await revokeAll(operation, newTokenName, olds);
}

/** The token to test: the selected credential's, which must be the new one, or the new one itself. */
function tokenUse(operation: Operation, newToken: string): Result<TokenUse> {
	const { tokenUse: used } = operation;
	if (used)
		return used.token === newToken
			? ok(used)
			: fail({
					message: "The credential 'Keeper Admin API' does not hold the new token",
					description:
						'Put the token from Start Rotation into it, then finish. Nothing was revoked.',
				});
	const address = addressOf(operation);
	return address.ok ? ok({ baseUrl: address.value, token: newToken }) : address;
}

async function isTokenActive(
	operation: Operation,
	name: string,
): Promise<Result<true, Unsuccessful>> {
	const rows = await rowsOf(LISTS.tokens.line, operation);
	if (!rows.ok) return fail(nothingDone(rows.failure));
	const isActive = rows.value.some((row) => row.name === name && row.status === 'Active');
	return isActive
		? ok(true)
		: fail(
				nothingDone({
					message: `There is no active token '${name}'`,
					description: "Check 'New Token Name'. Nothing was revoked.",
				}),
			);
}

/** Revokes the tokens one by one, reading each back. */
async function revokeAll(operation: Operation, kept: string, olds: string[]): Promise<Ending> {
	const row = apiToken.operations.revoke as ChangeRow;
	const revoked: string[] = [];
	const alreadyGone: string[] = [];
	for (const token of olds) {
		const ending = await change(row, { ...operation, values: { ...operation.values, token } });
		if (!ending.ok) {
			const { failure } = ending;
			return fail({
				...failure,
				json: { ...failure.json, tokenName: kept, revoked, alreadyGone, token },
				mayHaveChanged: failure.mayHaveChanged || revoked.length > 0,
			});
		}
		(ending.value.changed ? revoked : alreadyGone).push(token);
	}
	const outcome: Outcome = revoked.length > 0 ? 'done' : 'alreadySo';
	return ok({
		outputs: [{ tokenName: kept, revoked, alreadyGone, outcome }],
		changed: revoked.length > 0,
	});
}

/** Revokes a token that failed its test, since nobody will ever use it. */
async function takenBack(
	{ commander, timeoutMs }: Operation,
	token: string,
	failure: { message: string; description: string },
): Promise<Unsuccessful> {
	const line = commandLine(REVOKE, { token });
	const ran = await commander.run({ line, changes: true, timeoutMs });
	const isRevoked = ran.ok && /revoked successfully/.test(ran.value.said);
	return {
		...failure,
		description: isRevoked
			? `${failure.description} The new token was revoked again.`
			: `${failure.description} Token '${token}' is still there: revoke it.`,
		json: { outcome: 'notDone', ...(isRevoked ? {} : { token }) },
		mayHaveChanged: !isRevoked,
	};
}

function addressOf({ values }: Operation): Result<string> {
	const address = keeperBaseUrl(values.region ?? '', values.baseUrl);
	return address.ok
		? address
		: fail({ message: address.failure, description: 'Correct it. Nothing was sent.' });
}

function nothingDone(failure: { message: string; description: string }): Unsuccessful {
	const { message, description } = failure;
	return { message, description, json: { outcome: 'notDone' }, mayHaveChanged: false };
}

/** The moment in UTC, to the second: ` 20261126T101500Z`. */
function stampOf(moment: Date): string {
	return ` ${moment.toISOString().replace(/[-:]|\.\d+/g, '')}`;
}

function isOfRotation(name: string, base: string): boolean {
	return name === base || (name.startsWith(base) && STAMP.test(name.slice(base.length)));
}
