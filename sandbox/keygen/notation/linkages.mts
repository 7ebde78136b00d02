/** The environment of a new resource, on servers that have environments. */
export const ENVIRONMENT = 'environment?→{environments}|null (EE:environments)';

/** A body that names one existing resource, or null to remove it. */
export const oneOf = (type: string, nullable = true) => ({
	type,
	linkage: nullable ? ('one|null' as const) : ('one' as const),
});

/** A body that lists existing resources; 1 to 100 unless said otherwise. */
export const manyOf = (type: string, count?: [number, number]) => ({
	type,
	linkage: 'many' as const,
	...(count && { count }),
});

export const UP_TO_100: [number, number] = [1, 100];
