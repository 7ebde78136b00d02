import type { INodePropertyOptions } from 'n8n-workflow';

import { EVENT_CATALOGUE } from '../catalogue/event-catalogue';
import { EVENT_GROUPS } from '../catalogue/event-groups';

/** All known events for a list to choose from: by group, and by name within. */
export const eventOptions: INodePropertyOptions[] = sorted(
	[...EVENT_CATALOGUE.values()].map(({ code, label, group }) => ({
		name: `${group.label}: ${label}`,
		value: code,
		description: code,
	})),
);

export const categoryOptions: INodePropertyOptions[] = sorted(
	EVENT_GROUPS.map(({ category, label }) => ({
		name: label,
		value: category,
		description: category,
	})),
);

function sorted(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return options.sort((a, b) => (a.name < b.name ? -1 : 1));
}
