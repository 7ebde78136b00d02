import type { AuditEvent } from '../event/audit-event';
import { ECS_VERSION, toEcs } from './ecs/ecs';
import { toCef } from './lines/cef';
import { toLeef } from './lines/leef';
import { toSyslog } from './lines/syslog';
import { OCSF_VERSION, toOcsf } from './ocsf/ocsf';
import { toSentinel } from './sentinel/sentinel';
import { toSplunkHec } from './splunk/hec';
import { toUdm } from './udm/udm';

/** An output format: what the user sees of it, and how an event becomes a document. */
export interface Format {
	name: string;
	description: string;
	/** What a document holds, for the table in docs/. */
	contents: string;
	/**
	 * @param receivedAt milliseconds since 1970; the time of an event that has none
	 * @param id the ID of the document, for formats that write it into a text
	 */
	convert(event: AuditEvent, receivedAt: number, id?: string): Record<string, unknown>;
	/** Where the document's ID is filled in if the event has none. Without it, no ID is added. */
	idAt?: readonly string[];
	/** A document is one line of text, in its member `line`. */
	isLine?: true;
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
	splunk: {
		name: 'Splunk HEC',
		description: "Envelopes for Splunk's HTTP Event Collector. Keeps the whole event too.",
		contents:
			"one envelope of Splunk's HTTP Event Collector an event; the whole event under `event`",
		convert: toSplunkHec,
		idAt: ['fields', 'event_id'],
	},
	sentinel: {
		name: 'Microsoft Sentinel',
		description:
			"Rows for the Logs Ingestion API, with the columns of Keeper's own Sentinel solution",
		contents:
			"one row an event, with the columns of Keeper's Sentinel solution; fields without a column under `data`",
		convert: toSentinel,
		idAt: ['data', 'normalized', 'id'],
	},
	udm: {
		name: 'Google SecOps (UDM)',
		description:
			"Events of Google Security Operations' Unified Data Model. Keeps the whole event too.",
		contents:
			"one event of Google's Unified Data Model an event; the whole event under `additional.keeper`",
		convert: toUdm,
		idAt: ['metadata', 'productLogId'],
	},
	cef: {
		name: 'CEF',
		description: 'Lines of the Common Event Format (ArcSight), with every field of the event',
		contents: 'one line an event (CEF 0), every field in it, under `line`',
		convert: toCef,
		idAt: ['id'],
		isLine: true,
	},
	leef: {
		name: 'LEEF',
		description:
			'Lines of the Log Event Extended Format (IBM QRadar), with every field of the event',
		contents: 'one line an event (LEEF 1.0), every field in it, under `line`',
		convert: toLeef,
		idAt: ['id'],
		isLine: true,
	},
	syslog: {
		name: 'Syslog (RFC 5424)',
		description: 'Lines such as Keeper itself sends to syslog: a header, then the event as JSON',
		contents: 'one line an event (RFC 5424), the event as JSON in it, under `line`',
		convert: toSyslog,
		idAt: ['id'],
		isLine: true,
	},
} as const satisfies Record<string, Format>;

export type OutputFormat = keyof typeof FORMATS;

export const isOutputFormat = (value: unknown): value is OutputFormat =>
	typeof value === 'string' && Object.hasOwn(FORMATS, value);
