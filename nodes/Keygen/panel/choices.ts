import { eachItem } from '../../shared/items';
import { isResource, type ResourceObject } from '../service/document';
import { get } from '../service/request';
import type { KeygenService } from '../service/service';
import { RECORDS, type RecordKind } from '../table/records';

/** A record as a list shows it; n8n stores the name in the workflow. */
export interface Choice {
	name: string;
	value: string;
}

/** A key this long can show its end and is no easier to guess. */
const LONG_ENOUGH = 16;
const SHOWN_OF_KEY = 4;
const PACE = { concurrency: 5, pauseMs: 0 };

/**
 * What is shown of a record. A key lets one act as the record's owner, and whoever can read the
 * workflow reads the name: its last characters must do.
 *
 * @param related name of the record that explains it
 */
export function choiceOf(
	{ id, attributes = {} }: ResourceObject,
	{ title, hidden }: Pick<RecordKind, 'title' | 'hidden'>,
	related?: string,
): Choice {
	const shown = title.map((name) => attributes[name]).filter(isFilled);
	if (related !== undefined) shown.push(related);
	const key = hidden === undefined ? undefined : attributes[hidden];
	const isBare = shown.length === 0;
	if (isBare) shown.push(hidden === undefined ? id : id.slice(0, 8));
	if (isFilled(key) && key.length >= LONG_ENOUGH) shown.push(`…${key.slice(-SHOWN_OF_KEY)}`);
	else if (hidden !== undefined && !isBare) shown.push(id.slice(0, 8));
	const [name, ...others] = shown;
	return { name: [name, ...others.map((other) => `(${other})`)].join(' '), value: id };
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The names of the records that explain others, each fetched once. */
export class Explanations {
	private readonly service: KeygenService;
	private readonly relation?: string;
	private readonly known = new Map<string, Promise<string | undefined>>();

	constructor(service: KeygenService, { explainedBy }: RecordKind) {
		this.service = service;
		this.relation = explainedBy;
	}

	/** For each record the name of what explains it, where there is one that the token may read. */
	async of(records: ResourceObject[]): Promise<Array<string | undefined>> {
		const { relation } = this;
		if (relation === undefined) return [];
		return await eachItem(records.length, PACE, async (index) => {
			const linkage = records[index].relationships?.[relation]?.data;
			if (!linkage || Array.isArray(linkage)) return undefined;
			const path = `/${linkage.type}/${encodeURIComponent(linkage.id)}`;
			const name = this.known.get(path) ?? this.fetch(path);
			this.known.set(path, name);
			return await name;
		});
	}

	private async fetch(path: string): Promise<string | undefined> {
		const reply = await this.service.send(get(path));
		const data = reply.ok ? reply.value.document.data : undefined;
		if (!isResource(data)) return undefined;
		const kind = Object.values(RECORDS).find(({ type }) => type === data.type);
		return kind && choiceOf(data, kind).name;
	}
}
