import { attribute } from '../refusals/phrases.mts';
import { unprocessable } from '../refusals/problems.mts';
import type { Problem } from '../refusals/problems.mts';

const MOST_KEYS = 64;
const MOST_BYTES = 16_384;

/** A problem when metadata has too many keys or is too large. */
export function metadataProblems(metadata: unknown): Problem[] {
	if (typeof metadata !== 'object' || metadata === null) return [];
	const wrong = (detail: string) => [
		unprocessable(detail, 'METADATA_TOO_LONG', attribute('metadata')),
	];
	if (Object.keys(metadata).length > MOST_KEYS)
		return wrong(`too many keys (exceeded limit of ${MOST_KEYS} keys)`);
	return Buffer.byteLength(JSON.stringify(metadata)) > MOST_BYTES
		? wrong(`too large (exceeded limit of ${MOST_BYTES} bytes)`)
		: [];
}
