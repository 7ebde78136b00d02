import { randomUUID } from 'node:crypto';

import type { Facts } from './facts.mts';

/** One stored resource of any type. */
export interface Item {
	type: string;
	id: string;
	/** Order of arrival, unique. */
	seq: number;
	/** Milliseconds since the epoch. */
	created: number;
	updated: number;
	/** Id of its environment; null is the global one. */
	environment: string | null;
	/** Attributes under canonical names, and what the service knows but does not show. */
	facts: Facts;
	/** Ids of to-one relationships. */
	links: Record<string, string | null>;
}

export interface Draft {
	type: string;
	id?: string;
	created?: number;
	environment?: string | null;
	facts?: Facts;
	links?: Record<string, string | null>;
}

interface Table {
	byId: Map<string, Item>;
	/** By arrival; entries that left `byId` are swept before the next listing. */
	rows: Item[];
	sorted: boolean;
}

/**
 * All resources of the account, in memory. Look-ups by id, by attribute and by relationship are
 * indexed: an index may hold stale entries, which every look-up checks away.
 */
export class Store {
	private tables = new Map<string, Table>();
	private indexes = new Map<string, Map<string, Set<Item>>>();
	private seq = 0;

	/** Adds a resource and returns it. Ids are UUIDs of version 4 unless the draft brings one. */
	add(draft: Draft, now: number): Item {
		const created = draft.created ?? now;
		const item: Item = {
			type: draft.type,
			id: draft.id ?? randomUUID(),
			seq: ++this.seq,
			created,
			updated: created,
			environment: draft.environment ?? null,
			facts: draft.facts ?? {},
			links: draft.links ?? {},
		};
		const table = this.table(item.type);
		const last = table.rows[table.rows.length - 1];
		if (last && last.created > created) table.sorted = false;
		table.rows.push(item);
		table.byId.set(item.id, item);
		this.index(item);
		return item;
	}

	/** Marks a change of attributes or relationships, and keeps the indexes complete. */
	touch(item: Item, now: number): void {
		item.updated = now;
		this.index(item);
	}

	remove(item: Item): void {
		const table = this.table(item.type);
		table.byId.delete(item.id);
	}

	get(type: string, id: string | null | undefined): Item | undefined {
		return id ? this.table(type).byId.get(id) : undefined;
	}

	/** Oldest first. */
	all(type: string): Item[] {
		const table = this.table(type);
		if (!table.sorted) {
			table.rows.sort((a, b) => a.created - b.created || a.seq - b.seq);
			table.sorted = true;
		}
		if (table.rows.length !== table.byId.size) sweep(table);
		return table.rows.slice();
	}

	count(type: string): number {
		return this.table(type).byId.size;
	}

	/** How many there are of each type. */
	counts(): Record<string, number> {
		return Object.fromEntries([...this.tables].map(([type, table]) => [type, table.byId.size]));
	}

	/** Resources of `type` whose attribute has exactly this value, oldest first. */
	where(type: string, fact: string, value: unknown): Item[] {
		return this.indexed(
			`${type}.${fact}`,
			String(value),
			type,
			(item) => item.facts[fact] === value,
		);
	}

	/** Resources of `type` whose relationship points at `id`, oldest first. */
	children(type: string, link: string, id: string): Item[] {
		return this.indexed(`${type}>${link}`, id, type, (item) => item.links[link] === id);
	}

	private indexed(name: string, key: string, type: string, holds: (item: Item) => boolean): Item[] {
		let index = this.indexes.get(name);
		if (!index) {
			index = new Map();
			this.indexes.set(name, index);
			for (const item of this.table(type).rows) put(index, this.keyOf(name, item), item);
		}
		const candidates = index.get(key);
		if (!candidates) return [];
		const table = this.table(type);
		const found = [...candidates].filter((item) => table.byId.get(item.id) === item && holds(item));
		return found.sort((a, b) => a.created - b.created || a.seq - b.seq);
	}

	private index(item: Item): void {
		for (const [name, index] of this.indexes) {
			if (name.startsWith(`${item.type}.`) || name.startsWith(`${item.type}>`))
				put(index, this.keyOf(name, item), item);
		}
	}

	private keyOf(name: string, item: Item): string {
		const field = name.slice(item.type.length + 1);
		return String(name[item.type.length] === '>' ? item.links[field] : item.facts[field]);
	}

	private table(type: string): Table {
		let table = this.tables.get(type);
		if (!table) this.tables.set(type, (table = { byId: new Map(), rows: [], sorted: true }));
		return table;
	}
}

/** Drops the rows of resources that are gone. */
function sweep(table: Table): void {
	table.rows = table.rows.filter((row) => table.byId.get(row.id) === row);
}

function put(index: Map<string, Set<Item>>, key: string, item: Item): void {
	const set = index.get(key);
	if (set) set.add(item);
	else index.set(key, new Set([item]));
}
