/** Advice by what the service said. The first match counts. */
const ADVICE: ReadonlyArray<readonly [said: RegExp, advice: string]> = [
	[
		/^User ID: /,
		"Commander replied with the user's details, which means that it did nothing. For example, a user who has not accepted the invitation cannot be locked or unlocked.",
	],
	[/no such user/i, 'No user has this email address. Check it, or invite the user first.'],
	[
		/EOF when reading/i,
		'The command asked for confirmation, which cannot be given here. Add the switch that skips the question, usually -f.',
	],
	[
		/API key|Invalid JSON response/i,
		'Commander printed text instead of rows, which it does when Keeper denies access. Check the permissions of the account that runs Commander: API tokens require a Root Administrator, and reports require the reporting permission.',
	],
	[
		/account transfer|active account/i,
		'The user must have accepted account transfer, and the user who receives the vault must be active.',
	],
	[/vacant|not empty/i, 'Move its users, teams, roles and nodes to another node first.'],
	[
		/could (not )?be resolved|not found|does not exist/i,
		"Check the names and IDs in the node's fields; letter case matters.",
	],
	[
		/permission|privilege|root admin|restricted/i,
		'The account that runs Commander lacks the permission. Assign it a role that has it.',
	],
	[
		/unrecognized arguments|invalid choice/i,
		'This version of Commander does not know the option. Update Commander.',
	],
];

const OTHERWISE = 'Check in Keeper, correct what is wrong, and run it again.';

/** Advice on something that the service said. */
export function adviceFor(said: string): string {
	return ADVICE.find(([words]) => words.test(said))?.[1] ?? OTHERWISE;
}

/** The first line of what the service said, shortened for a message; empty for a user's details. */
export function gist(said: string): string {
	if (/^User ID: /.test(said)) return '';
	const [line] = said.replace(/^Unexpected error: /, '').split('\n');
	return line.slice(0, 160).replace(/[.\s]+$/, '');
}
