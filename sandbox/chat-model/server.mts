import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model says in one turn: a text, or calls of tools, side by side. */
export type Turn = string | Array<{ tool: string; input: Record<string, unknown> }>;

/** What the model was told about a tool. */
export type ToolText = { name: string; description?: string; parameters: unknown };

export type ChatModel = {
	/** Base URL for an OpenAI credential. */
	url: string;
	/** The tools that the model was offered with the last request. */
	tools(): ToolText[];
	/** What the tools answered, in order. */
	toolAnswers(): string[];
	/** Replaces what the model says, turn by turn; after the last it says `done`. */
	say(...turns: Turn[]): void;
	close(): Promise<void>;
};

type Message = { role: string; content?: unknown };
type Request = { messages: Message[]; tools?: Array<{ function: ToolText }> };

/**
 * Starts a stand-in for a chat model behind OpenAI's chat completions on 127.0.0.1, which says what
 * it was given to say. https://platform.openai.com/docs/api-reference/chat/create
 */
export async function startChatModel(): Promise<ChatModel> {
	let script: Turn[] = [];
	let last: Request = { messages: [] };
	let calls = 0;

	const answer = async (request: IncomingMessage, response: ServerResponse) => {
		let body = '';
		for await (const chunk of request) body += String(chunk);
		last = JSON.parse(body || '{"messages":[]}') as Request;
		const turn = script.shift() ?? 'done';
		const message =
			typeof turn === 'string'
				? { role: 'assistant', content: turn }
				: {
						role: 'assistant',
						content: null,
						tool_calls: turn.map(({ tool, input }) => ({
							id: `call_${(calls += 1)}`,
							type: 'function',
							function: { name: tool, arguments: JSON.stringify(input) },
						})),
					};
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({
				id: 'chatcmpl-1',
				object: 'chat.completion',
				created: 1,
				model: 'stand-in',
				choices: [
					{
						index: 0,
						message,
						finish_reason: typeof turn === 'string' ? 'stop' : 'tool_calls',
					},
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	};
	const server = createServer((request, response) => void answer(request, response));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		tools: () => (last.tools ?? []).map((tool) => tool.function),
		toolAnswers: () =>
			last.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content)),
		say: (...turns) => void (script = turns),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
