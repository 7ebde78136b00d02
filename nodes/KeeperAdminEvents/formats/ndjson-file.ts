import type { IBinaryData, IDataObject } from 'n8n-workflow';

import type { OutputFormat } from './formats';
import { ndjsonLine } from './ndjson';

const MIME_TYPE = 'application/x-ndjson';
/** Lines are turned into bytes by so many characters at a time. */
const CHUNK = 65_536;

/** Stores bytes as n8n's binary data. */
export type PrepareBinary = (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
) => Promise<IBinaryData>;

export interface FileTarget {
	binaryPropertyName: string;
	fileName: string;
}

/** Documents gathered as one file of newline-delimited JSON; holds their bytes and nothing else. */
export class NdjsonFile {
	private chunks: Buffer[] = [];
	private text = '';
	private count = 0;

	add(document: unknown): void {
		this.text += ndjsonLine(document);
		this.count++;
		if (this.text.length >= CHUNK) this.flush();
	}

	/** The item that carries the file. */
	async output(
		prepare: PrepareBinary,
		{ binaryPropertyName, fileName }: FileTarget,
		format: OutputFormat,
	): Promise<{ json: IDataObject; binary: Record<string, IBinaryData> }> {
		this.flush();
		const bytes = Buffer.concat(this.chunks);
		// Storing takes a while, and what it copies need not be there three times.
		this.chunks = [];
		const file = await prepare(bytes, fileName, MIME_TYPE);
		return {
			json: { count: this.count, format, fileName },
			binary: { [binaryPropertyName]: file },
		};
	}

	private flush(): void {
		if (this.text === '') return;
		this.chunks.push(Buffer.from(this.text, 'utf8'));
		this.text = '';
	}
}
