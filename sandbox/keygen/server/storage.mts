import fastify from 'fastify';
import type { AddressInfo } from 'node:net';

import type { World } from '../state/world.mts';
import { emit } from '../webhooks/events.mts';

/** What the storage host received. */
export interface StorageRequest {
	method: string;
	url: string;
	headers: Record<string, unknown>;
	bytes: number;
	/** A credential of the API reached the storage host: a leak. */
	leaked: boolean;
	status: number;
}

export interface StorageHost {
	url: string;
	requests: StorageRequest[];
	/** Stored binaries by the id of their artifact. */
	blobs: Map<string, { bytes: Buffer; type: string }>;
	close(): Promise<void>;
}

/** A bucket that takes presigned PUT and GET as S3 does: no Authorization beside the signature, and a length. */
export async function startStorage(world: World, port = 0): Promise<StorageHost> {
	const requests: StorageRequest[] = [];
	const blobs: StorageHost['blobs'] = new Map();
	const app = fastify({ bodyLimit: 2 ** 30, forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));

	app.all('/*', async (request, reply) => {
		const leaked =
			request.headers.authorization !== undefined || request.headers.cookie !== undefined;
		const answer = leaked
			? { status: 400, code: 'InvalidArgument' }
			: request.method === 'PUT'
				? put(request.url, request.headers, request.body)
				: get(request.method, request.url);
		const bytes = Buffer.isBuffer(request.body) ? request.body.length : 0;
		requests.push({
			method: request.method,
			url: request.url,
			headers: { ...request.headers },
			bytes,
			leaked,
			status: answer.status,
		});
		reply.code(answer.status);
		if (answer.code)
			return reply.type('application/xml').send(`<Error><Code>${answer.code}</Code></Error>`);
		if (!answer.bytes) return reply.send();
		return reply.type(answer.type ?? 'application/octet-stream').send(answer.bytes);
	});

	interface Answer {
		status: number;
		code?: string;
		bytes?: Buffer;
		type?: string;
	}

	function artifactOf(url: string, verb: string) {
		const id = url.split('?')[0].split('/')[2];
		const signed = new URL(url, 'http://storage').searchParams.get('X-Amz-Signature');
		return signed === `${verb}-${id?.slice(0, 8)}` ? world.store.get('artifacts', id) : undefined;
	}

	function put(url: string, headers: Record<string, unknown>, body: unknown): Answer {
		const artifact = artifactOf(url, 'put');
		if (!artifact) return { status: 403, code: 'SignatureDoesNotMatch' };
		if (headers['content-length'] === undefined)
			return { status: 411, code: 'MissingContentLength' };
		const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
		blobs.set(artifact.id, {
			bytes,
			type: String(headers['content-type'] ?? 'application/octet-stream'),
		});
		artifact.facts.status = 'UPLOADED';
		world.store.touch(artifact, world.clock.now());
		const environment = world.store.get('environments', artifact.environment) ?? null;
		for (const event of ['artifact.upload.succeeded', 'artifact.uploaded'])
			emit({ world, environment }, event, artifact);
		return { status: 200 };
	}

	function get(method: string, url: string): Answer {
		const artifact = artifactOf(url, 'get');
		if (method !== 'GET' && method !== 'HEAD') return { status: 405, code: 'MethodNotAllowed' };
		if (!artifact) return { status: 403, code: 'SignatureDoesNotMatch' };
		const blob = blobs.get(artifact.id);
		return blob ? { status: 200, ...blob } : { status: 404, code: 'NoSuchKey' };
	}

	await app.listen({ port, host: '127.0.0.1' });
	const { port: bound } = app.server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${bound}`, requests, blobs, close: () => app.close() };
}
