import type { IExecuteFunctions } from 'n8n-workflow';

import { deliver } from '../../../nodes/shared/delivery';

const results = [
	{
		json: { id: 'a' },
		failure: { message: 'Not found', description: 'Check it' },
		mayHaveChanged: false,
	},
	{ json: { id: 'b' }, mayHaveChanged: true },
];

/** The first output for settings of the node, of which some make n8n go on after a failure. */
function delivered(settings: { onError?: string; retryOnFail?: boolean }) {
	const context = {
		getNode: () => ({ name: 'Node', ...settings }),
		continueOnFail: () => settings.onError !== undefined,
		addExecutionHints: () => undefined,
	} as unknown as IExecuteFunctions;
	return deliver(context, results)[0].map(({ json }) => json);
}

test("with 'Stop Workflow' a failed item beside a changed one has 'error'", () => {
	expect(delivered({})).toEqual([
		{ id: 'a', error: 'Not found', description: 'Check it' },
		{ id: 'b' },
	]);
});

test("with 'Retry On Fail' as well it has none, since n8n would repeat the change", () => {
	expect(delivered({ retryOnFail: true })).toEqual([
		{ id: 'a', failure: 'Not found', description: 'Check it' },
		{ id: 'b' },
	]);
});

test("'Retry On Fail' takes no failed item off the error branch, nor its 'error'", () => {
	expect(delivered({ retryOnFail: true, onError: 'continueErrorOutput' })[0]).toEqual({
		error: { id: 'a', message: 'Not found', description: 'Check it' },
	});
	expect(delivered({ retryOnFail: true, onError: 'continueRegularOutput' })[0]).toMatchObject({
		error: 'Not found',
	});
});
