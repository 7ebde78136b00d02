import type { IDataObject } from 'n8n-workflow';

import { fail, ok, type Result } from '../../shared/failure';
import { commandLine } from '../command-line/command-line';
import { adviceFor, gist } from '../service/advice';
import { withSaid } from '../service/command-failure';
import { rowsOf } from '../service/rows';
import { LISTS } from '../table/lists';
import { GENERATE } from '../table/resources/api-tokens';
import type { Operation } from './operation';
import type { Ending, Outcome, Unsuccessful } from './outcome';

/** A new token, as Commander shows it this one time. */
export type NewToken = IDataObject & { token: string };

/** Generates a token. */
export async function generateToken(operation: Operation): Promise<Ending> {
	const names = await tokenNames(operation);
	if (!names.ok) return names;
	const made = await makeToken(operation, names.value);
	if (!made.ok) return made;
	const outcome: Outcome = 'done';
	return ok({ outputs: [{ ...made.value, outcome }], changed: true });
}

/** The names of all tokens. */
export async function tokenNames(operation: Operation): Promise<Result<string[], Unsuccessful>> {
	const rows = await rowsOf(LISTS.tokens.line, operation);
	return rows.ok
		? ok(rows.value.map(({ name }) => String(name)))
		: fail({ ...rows.failure, json: { outcome: 'notDone' }, mayHaveChanged: false });
}

/**
 * Generates a token with a name of its own, because tokens are revoked by name.
 *
 * @param taken the names of all existing tokens
 */
export async function makeToken(
	operation: Operation,
	taken: string[],
): Promise<Result<NewToken, Unsuccessful>> {
	const { commander, values, timeoutMs } = operation;
	const name = values.tokenName ?? '';
	if (taken.includes(name))
		return fail(
			notMade(`A token named '${name}' already exists`, 'Choose another name. Nothing was sent.'),
		);
	const line = commandLine(GENERATE, values);
	const ran = await commander.run({ line, changes: true, timeoutMs });
	if (!ran.ok && ran.failure.ran === 'no') return fail({ ...notMade('', ''), ...ran.failure });
	if (ran.ok) {
		const made = ran.value.data as Partial<NewToken> | undefined;
		if (typeof made?.token === 'string') return ok(made as NewToken);
	}
	const said = ran.ok ? ran.value.said : ran.failure.message;
	const after = await tokenNames(operation);
	if (after.ok && after.value.includes(name)) return fail(valueLost(name, said));
	if (ran.ok && after.ok)
		return fail(
			notMade(
				`The token was not created${gist(said) === '' ? '' : `: ${gist(said)}`}`,
				withSaid(said, adviceFor(said)),
			),
		);
	return fail({
		message: `Token '${name}' may or may not have been created`,
		description: withSaid(
			said,
			'Look it up with Get Many, and revoke it if it is there, because its value is lost.',
		),
		json: { outcome: 'unknown', said },
		mayHaveChanged: true,
	});
}

function notMade(message: string, description: string): Unsuccessful {
	return { message, description, json: { outcome: 'notDone' }, mayHaveChanged: false };
}

function valueLost(name: string, said: string): Unsuccessful {
	return {
		message: `Token '${name}' was created, but its value was lost`,
		description: withSaid(said, 'Revoke it by its name, and generate another one.'),
		json: { outcome: 'unknown', said, name },
		mayHaveChanged: true,
	};
}
