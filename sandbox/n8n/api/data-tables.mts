import type { RestSession } from './rest-session.mts';

export type ColumnType = 'string' | 'number' | 'boolean' | 'date';
export type Row = Record<string, string | number | boolean | null>;

export interface DataTable {
	id: string;
	name: string;
	columns: Array<{ id: string; name: string; type: ColumnType }>;
}

/** The owner's data tables. */
export class DataTables {
	private readonly session: RestSession;
	private project: Promise<string> | undefined;

	constructor(session: RestSession) {
		this.session = session;
	}

	async list(): Promise<DataTable[]> {
		const answer = await this.request<{ data: DataTable[] }>('GET', '?take=250');
		return answer.data;
	}

	/** @param columns their types by name, in order */
	async create(name: string, columns: Record<string, ColumnType>): Promise<DataTable> {
		const described = Object.entries(columns).map(([column, type]) => ({ name: column, type }));
		return await this.request<DataTable>('POST', '', { name, columns: described });
	}

	/** All rows in the order of their ids, with n8n's own `id`, `createdAt` and `updatedAt`. */
	async rows(tableId: string): Promise<Row[]> {
		const rows: Row[] = [];
		for (;;) {
			const page = await this.request<{ data: Row[]; count: number }>(
				'GET',
				`/${tableId}/rows?take=250&skip=${rows.length}&sortBy=id:asc`,
			);
			rows.push(...page.data);
			if (page.data.length === 0 || rows.length >= page.count) return rows;
		}
	}

	async insert(tableId: string, rows: Row[]): Promise<void> {
		await this.request('POST', `/${tableId}/insert`, { data: rows, returnType: 'count' });
	}

	/** Changes the rows in which every column of `where` has the value given there. */
	async update(tableId: string, where: Row, data: Row): Promise<void> {
		await this.request('PATCH', `/${tableId}/rows`, { filter: equals(where), data });
	}

	/** Changes the rows that `where` names as `update` does, or adds one. */
	async upsert(tableId: string, where: Row, data: Row): Promise<void> {
		await this.request('POST', `/${tableId}/upsert`, { filter: equals(where), data });
	}

	async rename(tableId: string, name: string): Promise<void> {
		await this.request('PATCH', `/${tableId}`, { name });
	}

	/** Removes the rows in which every column of `where` has the value given there. */
	async removeRows(tableId: string, where: Row): Promise<void> {
		const filter = encodeURIComponent(JSON.stringify(equals(where)));
		await this.request('DELETE', `/${tableId}/rows?filter=${filter}`);
	}

	async remove(tableId: string): Promise<void> {
		await this.request('DELETE', `/${tableId}`);
	}

	private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
		this.project ??= this.session
			.request<{ id: string }>('GET', '/rest/projects/personal')
			.then(({ id }) => id);
		const base = `/rest/projects/${await this.project}/data-tables`;
		return await this.session.request<T>(method, `${base}${path}`, body);
	}
}

const equals = (where: Row) => ({
	type: 'and',
	filters: Object.entries(where).map(([columnName, value]) => ({
		columnName,
		condition: 'eq',
		value,
	})),
});
