import { setTimeout as sleep } from 'node:timers/promises';

interface Answer {
	id?: number;
	result?: unknown;
	error?: { message: string };
}

/** Speaks with the inspector of another Node process (Chrome DevTools Protocol). */
export class Inspector {
	private readonly socket: WebSocket;
	private readonly waiting = new Map<number, (answer: Answer) => void>();
	private sent = 0;

	private constructor(socket: WebSocket) {
		this.socket = socket;
		socket.addEventListener('message', ({ data }) => {
			const answer = JSON.parse(String(data)) as Answer;
			if (answer.id === undefined) return;
			this.waiting.get(answer.id)?.(answer);
			this.waiting.delete(answer.id);
		});
	}

	/** Connects as soon as the inspector listens on a port of 127.0.0.1; within 10 seconds. */
	static async connect(port: number): Promise<Inspector> {
		for (let left = 100; ; left--) {
			try {
				const targets = await fetch(`http://127.0.0.1:${port}/json/list`);
				const [{ webSocketDebuggerUrl }] = (await targets.json()) as Array<{
					webSocketDebuggerUrl: string;
				}>;
				const socket = new WebSocket(webSocketDebuggerUrl);
				await new Promise((resolve, reject) => {
					socket.addEventListener('open', resolve);
					socket.addEventListener('error', reject);
				});
				return new Inspector(socket);
			} catch (error) {
				if (left === 0) throw error;
				await sleep(100);
			}
		}
	}

	async send<T>(method: string, params: object = {}): Promise<T> {
		const id = ++this.sent;
		const answer = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
		this.socket.send(JSON.stringify({ id, method, params }));
		const { result, error } = await answer;
		if (error) throw new Error(`${method}: ${error.message}`);
		return result as T;
	}

	close(): void {
		this.socket.close();
	}
}
