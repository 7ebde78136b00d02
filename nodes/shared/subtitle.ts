/**
 * An expression for a node's subtitle on the canvas: the chosen operation's action.
 *
 * @param operations with their actions, by the values of 'Operation'
 */
export function actionSubtitle(operations: Readonly<Record<string, { action: string }>>): string {
	const actions = Object.entries(operations).map(([operation, { action }]) => [
		operation,
		action.charAt(0).toLowerCase() + action.slice(1),
	]);
	return `={{ (${JSON.stringify(Object.fromEntries(actions))})[$parameter.operation] }}`;
}
