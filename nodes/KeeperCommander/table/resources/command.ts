import type { Resource } from '../row';

export const command: Resource = {
	name: 'Command',
	operations: {
		run: {
			name: 'Run',
			action: 'Run Commander command',
			description: "Run any command that the API key's list allows",
			notice:
				'Service Mode guesses the status from words in the output, and nothing is read back, so check the output yourself.',
			does: 'runCommand',
			lines: [],
			uses: ['command'],
			optional: ['fileData'],
		},
	},
};
