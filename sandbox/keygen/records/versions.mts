import { isOlder } from '../state/api-versions.mts';
import { mapKeys, underscore } from '../wire/letter-case.mts';
import type { Resource } from './resource.mts';

interface Change {
	/** Versions below this one get the older shape. */
	since: string;
	types: string[];
	undo(resource: Resource): void;
}

/** What the API renamed, newest first, undone for requests that pin an older version. */
const changes: Change[] = [
	{
		since: '1.7',
		types: ['policies'],
		undo: ({ attributes }) => rename(attributes, 'processLeasingStrategy', 'leasingStrategy'),
	},
	{
		since: '1.6',
		types: ['licenses', 'machines'],
		undo({ relationships = {}, links }) {
			const { owner } = relationships as Record<string, Record<string, unknown>>;
			relationships.user = { ...owner, links: { related: `${links?.self}/user` } };
			delete relationships.owner;
		},
	},
	{ since: '1.5', types: [], undo: snakeNestedMetadata },
	{
		since: '1.4',
		types: ['policies'],
		undo: ({ attributes }) => {
			rename(attributes, 'machineUniquenessStrategy', 'fingerprintUniquenessStrategy');
			rename(attributes, 'machineMatchingStrategy', 'fingerprintMatchingStrategy');
		},
	},
	{
		since: '1.3',
		types: ['machines'],
		undo: ({ attributes }) => {
			if (attributes.heartbeatStatus === 'NOT_STARTED') attributes.heartbeatStatus = 'ALIVE';
		},
	},
	{
		since: '1.2',
		types: ['policies'],
		undo: ({ attributes }) => (attributes.concurrent = attributes.overageStrategy !== 'NO_OVERAGE'),
	},
];

/** The resource in the shape of an API version. */
export function asOf(version: string, resource: Resource): Resource {
	for (const change of changes) {
		if (!isOlder(version, change.since)) break;
		if (change.types.length === 0 || change.types.includes(resource.type)) change.undo(resource);
	}
	return resource;
}

/** `meta` of a validation: versions before 1.2 called the code `constant`. */
export function validationMeta(
	version: string,
	meta: Record<string, unknown>,
): Record<string, unknown> {
	if (!isOlder(version, '1.2')) return meta;
	const { code, ...rest } = meta;
	return { ...rest, constant: code };
}

function rename(home: Record<string, unknown>, name: string, older: string): void {
	if (name in home) home[older] = home[name];
	delete home[name];
}

function snakeNestedMetadata({ attributes }: Resource): void {
	if (!attributes.metadata) return;
	attributes.metadata = mapKeys(attributes.metadata, (key, depth) =>
		depth > 0 ? underscore(key) : key,
	);
}
