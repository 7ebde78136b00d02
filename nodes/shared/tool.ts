import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether the node runs as the tool of an AI agent or of an MCP server. n8n gives the tool a node type
 * of its own, which is the node's with `Tool` at its end.
 */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}
