/** What to do, by words of the service. The first that fit count. */
const ADVICE: ReadonlyArray<readonly [said: RegExp, advice: string]> = [
	[
		/^User ID: /,
		"Commander answered with the user's details, as it does when it did nothing. A user who has not accepted the invitation cannot be locked or unlocked, for example.",
	],
	[/no such user/i, 'No user has this email address. Check it, or invite the user first.'],
	[
		/EOF when reading/i,
		'The command asked a question that nobody could answer. Add the switch that answers it, usually -f.',
	],
	[
		/API key|Invalid JSON response/i,
		'Commander printed a text in place of rows, as it does when Keeper refuses. Check the rights of the account that runs Commander: API tokens need a Root Administrator, reports need their privilege.',
	],
	[
		/account transfer|active account/i,
		'The user must have accepted account transfer, and the one who receives the vault must be active.',
	],
	[/vacant|not empty/i, 'Move its users, teams, roles and nodes elsewhere first.'],
	[
		/could (not )?be resolved|not found|does not exist/i,
		"Check the names and IDs in the node's fields; letter case matters.",
	],
	[
		/permission|privilege|root admin|restricted/i,
		'The account that runs Commander lacks the right. Give it the role that has it.',
	],
	[
		/unrecognized arguments|invalid choice/i,
		'This version of Commander does not know the option. Update it.',
	],
];

const OTHERWISE = 'Look in Keeper, correct what is wrong, and run it again.';

/** What to do about something that the service said. */
export function adviceFor(said: string): string {
	return ADVICE.find(([words]) => words.test(said))?.[1] ?? OTHERWISE;
}

/** The first line of what the service said, short enough for a message; empty for mere details. */
export function gist(said: string): string {
	if (/^User ID: /.test(said)) return '';
	const [line] = said.replace(/^Unexpected error: /, '').split('\n');
	return line.slice(0, 160).replace(/[.\s]+$/, '');
}
