import type { IBinaryData, IDataObject } from 'n8n-workflow';

import { FORMATS, type Format, type OutputFormat } from './formats';
import { ndjsonLine } from './ndjson';

/** Lines are turned into bytes by so many characters at a time. */
const CHUNK = 65_536;

/** Stores bytes as n8n's binary data. */
export type PrepareBinary = (
	bytes: Buffer,
	fileName: string,
	mimeType: string,
) => Promise<IBinaryData>;

/** A document of a format that is made of lines. */
interface Line {
	line: string;
}

export interface FileTarget {
	binaryPropertyName: string;
	fileName: string;
}

/**
 * Documents gathered as one file, a line each: newline-delimited JSON, or the lines of a format that
 * is made of lines. Holds their bytes and nothing else.
 */
export class LinesFile {
	private chunks: Buffer[] = [];
	private text = '';
	private count = 0;
	private readonly format: OutputFormat;
	private readonly holdsLines: boolean;

	constructor(format: OutputFormat) {
		this.format = format;
		const row: Format = FORMATS[format];
		this.holdsLines = row.isLine === true;
	}

	add(document: unknown): void {
		this.text += this.holdsLines ? `${(document as Line).line}\n` : ndjsonLine(document);
		this.count++;
		if (this.text.length >= CHUNK) this.flush();
	}

	/** The item that carries the file. */
	async output(
		prepare: PrepareBinary,
		{ binaryPropertyName, fileName }: FileTarget,
	): Promise<{ json: IDataObject; binary: Record<string, IBinaryData> }> {
		this.flush();
		const bytes = Buffer.concat(this.chunks);
		// Storing takes a while, and what it copies need not be there three times.
		this.chunks = [];
		const mimeType = this.holdsLines ? 'text/plain' : 'application/x-ndjson';
		const file = await prepare(bytes, fileName, mimeType);
		return {
			json: { count: this.count, format: this.format, fileName },
			binary: { [binaryPropertyName]: file },
		};
	}

	private flush(): void {
		if (this.text === '') return;
		this.chunks.push(Buffer.from(this.text, 'utf8'));
		this.text = '';
	}
}
