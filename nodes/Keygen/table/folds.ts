/** Several rows of a resource that differ only in their object; the panel asks for the object. */
export interface Fold {
	/** Name of the operation, as the rows' own names begin. */
	name: string;
	verb: string;
	/** Label of the choice. */
	label: string;
	/** @param resource in lower case */
	action(resource: string): string;
	/** @param objects such as 'product, policy or owner' */
	description(objects: string, resource: string): string;
}

/** By the value of 'Operation'. Without them a resource would have an operation for each relation. */
export const FOLDS = {
	getRelated: {
		name: 'Get Related',
		verb: 'Get',
		label: 'Record to Get',
		action: (resource) => `Get record related to ${resource}`,
		description: (objects, resource) => `Get the ${objects} of ${withArticle(resource)}`,
	},
	getManyRelated: {
		name: 'Get Many Related',
		verb: 'Get Many',
		label: 'Records to Get',
		action: (resource) => `Get many records related to ${resource}`,
		description: (objects, resource) => `Get the ${objects} of ${withArticle(resource)}`,
	},
	attach: {
		name: 'Attach',
		verb: 'Attach',
		label: 'Records to Attach',
		action: (resource) => `Attach records to ${resource}`,
		description: (objects, resource) => `Attach ${objects} to ${withArticle(resource)}`,
	},
	detach: {
		name: 'Detach',
		verb: 'Detach',
		label: 'Records to Detach',
		action: (resource) => `Detach records from ${resource}`,
		description: (objects, resource) => `Detach ${objects} from ${withArticle(resource)}`,
	},
} as const satisfies Record<string, Fold>;

export type FoldName = keyof typeof FOLDS;

const withArticle = (noun: string) => `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
