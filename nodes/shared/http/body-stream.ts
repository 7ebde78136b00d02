/** What is used of an answer's body as it comes in. */
export interface BodyStream {
	on(event: 'data', listener: (chunk: Buffer) => void): unknown;
	on(event: 'end' | 'close', listener: () => void): unknown;
	on(event: 'error', listener: (error: unknown) => void): unknown;
	destroy(): unknown;
}

/** The body, or undefined where it is longer than `maxBytes`. */
export async function readBody(stream: BodyStream, maxBytes: number): Promise<Buffer | undefined> {
	return await new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let size = 0;
		stream.on('data', (chunk) => {
			size += chunk.length;
			if (size <= maxBytes) {
				chunks.push(chunk);
				return;
			}
			resolve(undefined);
			// Ends the connection with it.
			stream.destroy();
		});
		stream.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
		// Whichever comes first counts: an answer that is whole closes too.
		stream.on('error', reject);
		stream.on('close', () =>
			reject(new Error('The connection closed before the answer was whole')),
		);
	});
}
