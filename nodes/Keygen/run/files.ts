import type { Result } from '../../shared/failure';
import type { Fault } from '../service/fault';

export interface FileContent {
	body: Buffer;
	fileName: string;
	/** MIME type. */
	type: string;
}

/** The binary data of the items that an operation works on. */
export interface FileAccess {
	/** The content of a binary field of the item, or why it has none. */
	read(property: string): Promise<Result<FileContent, Fault>>;
	/** Its size in bytes, where n8n knows it without reading the content. */
	sizeOf(property: string): number | undefined;
}
