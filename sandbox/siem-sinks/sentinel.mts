import { listen, type Listener, type SinkAnswer, type SinkRequest } from './listen.mts';
import { sentinelProblems } from './sentinel-row.mts';

export type SentinelRow = Record<string, unknown>;

export interface SentinelOptions {
	clientId: string;
	clientSecret: string;
	dcr: string;
	stream: string;
}

export interface SentinelSink extends Listener {
	rows: SentinelRow[];
	/** Tokens handed out. */
	tokens: number;
	/** Bytes in each request that was taken. */
	sizes: number[];
	busyFor(requests: number): void;
	/** Refuses all tokens handed out so far, as Entra's are after an hour. */
	expireTokens(): void;
}

const MOST_BYTES = 1_048_576;
const MOST_IN_FIELD = 65_536;

/**
 * Microsoft Entra's token endpoint (/tenant/oauth2/v2.0/token, client credentials) and Azure
 * Monitor's Logs Ingestion API behind it, with the stream of Keeper's solution for Sentinel.
 */
export async function startSentinel(options: SentinelOptions): Promise<SentinelSink> {
	const rows: SentinelRow[] = [];
	const sizes: number[] = [];
	const state = { tokens: 0, expired: 0, busy: 0 };
	const refused = (status: number, code: string, message = ''): SinkAnswer => ({
		status,
		json: { error: { code, message } },
	});
	const tokenFor = ({ body, headers }: SinkRequest): SinkAnswer => {
		const form = new URLSearchParams(body.toString());
		const basic = Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64');
		const [id, secret] = basic.toString().split(':');
		const known =
			(form.get('client_id') ?? id) === options.clientId &&
			(form.get('client_secret') ?? secret) === options.clientSecret;
		if (form.get('grant_type') !== 'client_credentials' || !known) {
			return { status: 401, json: { error: 'invalid_client' } };
		}
		if (form.get('scope') !== 'https://monitor.azure.com/.default') {
			return { status: 400, json: { error: 'invalid_scope' } };
		}
		state.tokens++;
		return {
			status: 200,
			json: { token_type: 'Bearer', expires_in: 3599, access_token: `token-${state.tokens}` },
		};
	};
	const take = ({ url, headers, body, method }: SinkRequest): SinkAnswer => {
		const [, token] = /^Bearer token-(\d+)$/.exec(headers.authorization ?? '') ?? [];
		if (token === undefined || Number(token) <= state.expired) return refused(401, 'Unauthorized');
		const [, dcr, stream] =
			/^\/dataCollectionRules\/([^/]+)\/streams\/([^/]+)$/.exec(url.pathname) ?? [];
		if (method !== 'POST' || stream === undefined) return refused(404, 'NotFound');
		if (url.searchParams.get('api-version') !== '2023-01-01') return refused(400, 'BadVersion');
		if (dcr !== options.dcr) return refused(404, 'NotFound', 'Data collection rule not found');
		if (stream !== options.stream) return refused(400, 'InvalidStream');
		if (!headers['content-type']?.startsWith('application/json')) return refused(415, 'MediaType');
		if (state.busy > 0) {
			state.busy--;
			return { ...refused(429, 'TooManyRequests'), headers: { 'retry-after': '1' } };
		}
		if (body.length > MOST_BYTES) return refused(413, 'ContentLengthLimitExceeded');
		let given: unknown;
		try {
			given = JSON.parse(body.toString('utf8'));
		} catch {
			return refused(400, 'InvalidPayload');
		}
		if (!Array.isArray(given)) return refused(400, 'InvalidPayload', 'The body is no array');
		const list = given as SentinelRow[];
		const problems = list.flatMap(sentinelProblems);
		if (problems.length > 0) return refused(400, 'InvalidRecords', problems[0]);
		const long = list.some(({ data }) => JSON.stringify(data ?? {}).length > MOST_IN_FIELD);
		if (long) return refused(400, 'FieldTooLong', 'Azure would cut the field without a word');
		sizes.push(body.length);
		rows.push(...list);
		return { status: 204 };
	};
	const listener = await listen((request) =>
		request.url.pathname === '/tenant/oauth2/v2.0/token' ? tokenFor(request) : take(request),
	);
	return {
		...listener,
		rows,
		sizes,
		get tokens() {
			return state.tokens;
		},
		busyFor: (requests) => void (state.busy = requests),
		expireTokens: () => void (state.expired = state.tokens),
	};
}
