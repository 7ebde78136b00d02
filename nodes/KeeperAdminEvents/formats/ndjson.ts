/** One document as a line of newline-delimited JSON, its line feed included. */
export function ndjsonLine(document: unknown): string {
	// JSON writes line feeds inside texts as \n, so a document never spans two lines.
	return `${JSON.stringify(document)}\n`;
}

/**
 * Documents as newline-delimited JSON in pieces of about `size` characters, so that neither all
 * lines nor a piece per line has to be held.
 */
export function* ndjsonChunks(documents: Iterable<unknown>, size = 65_536): Generator<string> {
	let chunk = '';
	for (const document of documents) {
		chunk += ndjsonLine(document);
		if (chunk.length < size) continue;
		yield chunk;
		chunk = '';
	}
	if (chunk !== '') yield chunk;
}
