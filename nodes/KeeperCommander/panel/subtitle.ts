import { allRows } from '../table/table';

const ACTIONS = Object.fromEntries(
	allRows().map(({ resourceName, operation, row: { action } }) => [
		`${resourceName}.${operation}`,
		action.charAt(0).toLowerCase() + action.slice(1),
	]),
);

/** An expression for the node's subtitle on the canvas: the chosen operation's action. */
export const subtitle = `={{ (${JSON.stringify(ACTIONS)})[$parameter.resource + '.' + $parameter.operation] }}`;
