import { startKeygenSandbox } from '../../../sandbox/keygen/start.mts';
import type { Document } from '../json-api.mts';
import type { KeygenSandbox, KeygenSandboxOptions } from '../../../sandbox/keygen/start.mts';

export interface Answer {
	status: number;
	headers: Headers;
	/** The parsed document; of another body, its text. */
	body: Document;
	text: string;
}

export interface Sending {
	body?: unknown;
	token?: string | null;
	headers?: Record<string, string>;
}

export interface Client {
	sandbox: KeygenSandbox;
	send(method: string, path: string, sending?: Sending): Promise<Answer>;
	/** POST of a resource; throws unless it is created. Returns its id. */
	make(
		type: string,
		attributes?: object,
		relationships?: Record<string, string>,
		sending?: Sending,
	): Promise<string>;
}

const open: KeygenSandbox[] = [];
afterAll(() => Promise.all(open.map((sandbox) => sandbox.close())));

/** A sandbox with a client that speaks to it as its administrator unless told otherwise; closed after the file's tests. */
export async function openClient(options: KeygenSandboxOptions = {}): Promise<Client> {
	const sandbox = await startKeygenSandbox(options);
	open.push(sandbox);

	async function send(
		method: string,
		path: string,
		{ body, token = sandbox.adminToken, headers = {} }: Sending = {},
	) {
		const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
		const answer = await fetch(
			path.startsWith('/v1') || path.startsWith('/-') ? sandbox.url + path : sandbox.baseUrl + path,
			{
				method,
				redirect: 'manual',
				body: text as string | undefined,
				headers: {
					accept: 'application/vnd.api+json',
					...(token && { authorization: `Bearer ${token}` }),
					...(text !== undefined && { 'content-type': 'application/vnd.api+json' }),
					...headers,
				},
			},
		);
		const content = await answer.text();
		const isJson = answer.headers.get('content-type')?.includes('json');
		return {
			status: answer.status,
			headers: answer.headers,
			text: content,
			body: isJson ? JSON.parse(content) : content,
		};
	}

	return {
		sandbox,
		send,
		async make(type, attributes, relationships, sending) {
			const answer = await send('POST', `/${type}`, {
				...sending,
				body: resource(type, { ...whole[type], ...attributes }, relationships),
			});
			if (answer.status !== 201) throw new Error(`POST /${type}: ${answer.status} ${answer.text}`);
			return answer.body.data.id;
		},
	};
}

const linked: Record<string, string> = {
	product: 'products',
	policy: 'policies',
	license: 'licenses',
	machine: 'machines',
	owner: 'users',
	user: 'users',
	group: 'groups',
	release: 'releases',
	package: 'packages',
	environment: 'environments',
};

/** What a test's resource has unless it says otherwise. */
const whole: Record<string, object> = {
	policies: { name: 'Policy' },
	releases: { status: 'PUBLISHED' },
};

/** A JSON:API document of a resource; relationships are given by name and id. */
export function resource(
	type: string,
	attributes?: object,
	relationships?: Record<string, string>,
): { data: { type: string; attributes?: object; relationships?: Record<string, unknown> } } {
	const links = Object.entries(relationships ?? {}).map(([name, id]) => [
		name,
		{ data: { type: linked[name], id } },
	]);
	return {
		data: {
			type,
			...(attributes && { attributes }),
			...(relationships && { relationships: Object.fromEntries(links) }),
		},
	};
}

/** `code pointer` of every error of an answer, for one-line comparisons. */
export function errorsOf(answer: Answer): string[] {
	return (answer.body.errors ?? []).map(({ code, source }) =>
		[code ?? '-', source?.pointer ?? source?.parameter ?? source?.header ?? '-'].join(' '),
	);
}
