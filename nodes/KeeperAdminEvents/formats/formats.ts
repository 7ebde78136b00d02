import type { AuditEvent } from '../event/audit-event';
import { ECS_VERSION, toEcs } from './ecs/ecs';
import { OCSF_VERSION, toOcsf } from './ocsf/ocsf';

/** An output format: what the user sees of it, and how an event becomes a document. */
export interface Format {
	name: string;
	description: string;
	/** What a document holds, for the table in docs/. */
	contents: string;
	/** @param receivedAt milliseconds since 1970; the time of an event that has none */
	convert(event: AuditEvent, receivedAt: number): Record<string, unknown>;
	/** Where the document's ID is filled in if the event has none. Without it, no ID is added. */
	idAt?: readonly string[];
}

/** A new format is a row here, and a file beside this one that converts an event. */
export const FORMATS = {
	raw: {
		name: 'Raw',
		description: 'Events exactly as Keeper sends them',
		contents: 'the event exactly as Keeper sends it',
		convert: (event) => event,
	},
	ecs: {
		name: 'Elastic Common Schema (ECS)',
		description: 'For Elasticsearch and Elastic Security. Keeps the whole event too.',
		contents: `one document an event (ECS ${ECS_VERSION}); the whole event under \`keeper.audit\``,
		convert: toEcs,
		idAt: ['event', 'id'],
	},
	ocsf: {
		name: 'OCSF',
		description:
			'Open Cybersecurity Schema Framework, for Amazon Security Lake and others. Keeps the whole event too.',
		contents: `one document an event (OCSF ${OCSF_VERSION}); the whole event under \`unmapped\``,
		convert: toOcsf,
		idAt: ['metadata', 'uid'],
	},
} as const satisfies Record<string, Format>;

export type OutputFormat = keyof typeof FORMATS;

export const isOutputFormat = (value: unknown): value is OutputFormat =>
	typeof value === 'string' && Object.hasOwn(FORMATS, value);
