type Json = Record<string, unknown>;

/**
 * The stream Custom-KeeperSecurityEventNewLogs as Keeper's solution for Microsoft Sentinel declares
 * it (Azure-Sentinel, Solutions/Keeper Security, package 3.0.2).
 */
const COLUMNS: Record<string, 'datetime' | 'dynamic' | 'int' | 'string'> = {
	TimeGenerated: 'datetime',
	audit_event: 'string',
	remote_address: 'string',
	category: 'string',
	client_version: 'string',
	enterprise_id: 'int',
	username: 'string',
	timestamp: 'datetime',
	data: 'dynamic',
};

/** What the stream would drop or refuse of a row; empty when nothing. */
export function sentinelProblems(row: Json): string[] {
	return Object.entries(row).flatMap(([name, value]) => {
		const type = COLUMNS[name];
		if (type === undefined) return [`${name} is no column`];
		return fits(value, type) ? [] : [`${name} is no ${type}`];
	});
}

function fits(value: unknown, type: string): boolean {
	switch (type) {
		case 'datetime':
			return typeof value === 'string' && new Date(value).toISOString() === value;
		case 'int':
			return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
		case 'string':
			return typeof value === 'string';
		default:
			return typeof value === 'object' && value !== null;
	}
}
