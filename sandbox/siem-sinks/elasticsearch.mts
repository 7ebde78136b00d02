import type { ElasticMapping } from './elastic-mapping.mts';
import { listen, type Listener, type SinkAnswer, type SinkRequest } from './listen.mts';

export type ElasticDocument = Record<string, unknown>;

export interface ElasticsearchSink extends Listener {
	/** How many documents were new. */
	readonly created: number;
	/** How many were there already under their ID. */
	readonly conflicts: number;
	/** The most documents in one request. */
	readonly largest: number;
	readonly requests: number;
	documents(): ElasticDocument[];
	/** Loses documents. */
	forget(ids: string[]): void;
	/** Answers so many requests that it is unavailable. */
	failNext(times: number): void;
	/** Refuses the next new document. */
	refuseNext(reason: string): void;
	/** Lets requests wait, before or after their documents are stored, until `release`. */
	hold(where: 'before storing' | 'after storing'): void;
	/** How many requests wait. */
	readonly holding: number;
	/** Requests that waited before storing are refused. */
	release(): void;
}

export interface ElasticsearchOptions {
	/** The header that a request must have, such as `ApiKey …`. */
	authorization: string;
	dataStream: string;
	mapping: ElasticMapping;
}

/** Elasticsearch's bulk interface before one data stream, which only takes `create` actions. */
export async function startElasticsearch(
	options: ElasticsearchOptions,
): Promise<ElasticsearchSink> {
	const stored = new Map<string, ElasticDocument>();
	const state = { created: 0, conflicts: 0, largest: 0, requests: 0, failures: 0 };
	let refusal: string | undefined;
	let hold: { where: string; waiting: Array<() => void> } | undefined;
	const held = async (where: string): Promise<boolean> => {
		if (hold?.where !== where) return false;
		const { waiting } = hold;
		await new Promise<void>((resolve) => void waiting.push(resolve));
		return true;
	};
	const refused = (status: number, type: string): SinkAnswer => ({
		status,
		json: { error: { type }, status },
	});

	const store = (id: string, document: ElasticDocument) => {
		if (stored.has(id)) {
			state.conflicts++;
			return failed(409, 'version_conflict_engine_exception', 'document already exists');
		}
		const reason = refusal ?? options.mapping.refusal(document);
		refusal = undefined;
		if (reason !== undefined) return failed(400, 'document_parsing_exception', reason);
		stored.set(id, document);
		state.created++;
		return { create: { status: 201 } };
	};
	const answer = async (request: SinkRequest): Promise<SinkAnswer> => {
		const { method, url, headers, body } = request;
		if (headers.authorization !== options.authorization) {
			return refused(401, 'security_exception');
		}
		if (headers['content-type'] !== 'application/x-ndjson') {
			return refused(406, 'media_type_header_exception');
		}
		if (method !== 'POST' || url.pathname !== `/${options.dataStream}/_bulk`) {
			return refused(404, 'resource_not_found_exception');
		}
		state.requests++;
		if (state.failures-- > 0) return refused(503, 'unavailable_shards_exception');
		if (await held('before storing')) return refused(503, 'unavailable_shards_exception');
		const text = body.toString('utf8');
		// "The final line of data must end with a newline character."
		if (!text.endsWith('\n')) return refused(400, 'illegal_argument_exception');
		const lines = text
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as ElasticDocument);
		state.largest = Math.max(state.largest, lines.length / 2);
		const items = [];
		for (let line = 0; line < lines.length; line += 2) {
			const [[action, target]] = Object.entries(lines[line]);
			// "Data streams only support the create action."
			if (action !== 'create') return refused(400, 'illegal_argument_exception');
			items.push(store((target as { _id: string })._id, lines[line + 1]));
		}
		await held('after storing');
		const errors = items.some(({ create }) => create.status > 299);
		return { status: 200, json: { errors, items } };
	};
	return {
		...(await listen(answer)),
		get created() {
			return state.created;
		},
		get conflicts() {
			return state.conflicts;
		},
		get largest() {
			return state.largest;
		},
		get requests() {
			return state.requests;
		},
		get holding() {
			return hold?.waiting.length ?? 0;
		},
		hold: (where) => void (hold = { where, waiting: [] }),
		release() {
			for (const resolve of hold?.waiting ?? []) resolve();
			hold = undefined;
		},
		documents: () => [...stored.values()],
		forget: (ids) => ids.forEach((id) => stored.delete(id)),
		failNext: (times) => void (state.failures = times),
		refuseNext: (reason) => void (refusal = reason),
	};
}

function failed(status: number, type: string, reason: string) {
	return { create: { status, error: { type, reason } } };
}
