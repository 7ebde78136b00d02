/** The account that the driver sets up as an instance's owner. */
export const owner = {
	email: 'owner@example.com',
	firstName: 'Olive',
	lastName: 'Owner',
	password: 'Sandbox-Owner-1',
};

/** n8n refused a request. */
export class RestError extends Error {
	readonly status: number;
	readonly body: unknown;

	constructor(status: number, request: string, body: unknown) {
		super(`${request} answered ${status}: ${JSON.stringify(body)?.slice(0, 2000)}`);
		this.name = 'RestError';
		this.status = status;
		this.body = body;
	}
}

/** The interface that n8n's own editor uses, with the cookie that it signs in with. */
export class RestSession {
	readonly url: string;
	private cookie = '';

	/** @param url of the instance, such as `http://127.0.0.1:5678` */
	constructor(url: string) {
		this.url = url;
	}

	/**
	 * @param path below the instance's url, such as `/rest/workflows`
	 * @param body sent as JSON
	 * @returns the answer's `data` if it is wrapped so, else the whole answer
	 * @throws {RestError} when n8n answers with any status but 2xx
	 */
	async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			// A connection kept open may be closed by n8n just as the next request goes out.
			headers: { cookie: this.cookie, connection: 'close', ...(body !== undefined && JSON_BODY) },
			body: body === undefined ? null : JSON.stringify(body),
		});
		const text = await response.text();
		const answer = parseIfJson(text);
		if (!response.ok) throw new RestError(response.status, `${method} ${path}`, answer);
		const cookie = response.headers.getSetCookie().find((c) => c.startsWith('n8n-auth='));
		if (cookie) this.cookie = cookie.split(';')[0];
		return (isRecord(answer) && 'data' in answer ? answer.data : answer) as T;
	}

	/** Makes `owner` the owner of a new instance, or signs in if it is that already. */
	async signIn(): Promise<void> {
		const { userManagement } = await this.request<{
			userManagement: { showSetupOnFirstLoad?: boolean };
		}>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.request('POST', '/rest/owner/setup', owner);
			return;
		}
		const { email, password } = owner;
		await this.request('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** What a browser needs to be signed in as well: set it for the instance's url. */
	authCookie(): { name: string; value: string } {
		const [name, ...value] = this.cookie.split('=');
		return { name, value: value.join('=') };
	}
}

const JSON_BODY = { 'content-type': 'application/json' };

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

function parseIfJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
