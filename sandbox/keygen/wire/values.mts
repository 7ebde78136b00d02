const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const dateTime = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function isUuid(value: unknown): value is string {
	return typeof value === 'string' && uuid.test(value);
}

export function isDateTime(value: unknown): value is string {
	return typeof value === 'string' && dateTime.test(value) && !Number.isNaN(Date.parse(value));
}
