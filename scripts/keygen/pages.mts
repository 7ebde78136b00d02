import { FILTERS } from '../../nodes/Keygen/table/filters';
import { recordKind } from '../../nodes/Keygen/table/records';
import { FOLDS } from '../../nodes/Keygen/table/folds';
import { objectLabel, RELATED, selectionOf } from '../../nodes/Keygen/table/place';
import { allRows, RESOURCES_OF, TABLE, type NodeName } from '../../nodes/Keygen/table/table';
import type { Field } from '../../nodes/Keygen/table/field';
import {
	asIn,
	changes,
	collectionOf,
	isRepeatable,
	type Resource,
	type Row,
} from '../../nodes/Keygen/table/row';
import { LEGACY_ACTIONS, LEGACY_NOTES } from './legacy.mts';

/** The reference pages of the Keygen node by file name, made from its rows. */
export function pages(): Record<string, string> {
	const entries = Object.entries(TABLE).map(([name, resource]): [string, string] => [
		`${fileOf(resource)}`,
		resourcePage(name, resource),
	]);
	return Object.fromEntries([
		['README.md', overview()],
		['legacy-actions.md', legacyPage()],
		...entries,
	]);
}

const NOTICE = '<!-- Generated from the rows in nodes/Keygen/table by npm run docs:keygen. -->\n';
const fileOf = ({ label }: Resource) => `${label.toLowerCase().replace(/ /g, '-')}.md`;
const anchor = (name: string) =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9 -]/g, '')
		.replace(/ /g, '-');
const servers = ({ ee, cloud }: { ee?: true; cloud?: true }) =>
	ee ? ' (Keygen EE and Cloud)' : cloud ? ' (Keygen Cloud)' : '';
const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');

function overview(): string {
	const count = allRows().length;
	const nodes = nodeNames.flatMap((node) => [
		`## ${NODES[node].title}`,
		'',
		NODES[node].text,
		'',
		'| Resource | Operations |',
		'| --- | --- |',
		...Object.values(RESOURCES_OF[node]).map(overviewRow),
		'',
	]);
	return [
		NOTICE,
		'# Keygen: all operations',
		'',
		`Three nodes, ${Object.keys(TABLE).length} resources, ${count} operations; those that differ only in their object share an entry of the panel. Coming from the older package: [its actions and what took their place](legacy-actions.md).`,
		'',
		...nodes,
		'## Everywhere',
		'',
		...EVERYWHERE.map((line) => `- ${line}`),
		'',
	].join('\n');
}

function overviewRow(resource: Resource): string {
	const operations = partsOf(resource).map(([name]) => {
		return `[${name}](${fileOf(resource)}#${anchor(name)})`;
	});
	return `| [${resource.label}](${fileOf(resource)})${servers(resource)} | ${operations.join(', ')} |`;
}

/** What each node is called, and who uses it. */
const NODES: Readonly<Record<NodeName, { title: string; text: string }>> = {
	keygen: { title: 'Keygen', text: 'What a sale or a support desk does.' },
	keygenDistribution: {
		title: 'Keygen Distribution',
		text: 'What a build pipeline does: releases and their files.',
	},
	keygenAdmin: {
		title: 'Keygen Admin',
		text: 'What sets an account up and watches it.',
	},
};
const nodeNames = Object.keys(RESOURCES_OF) as NodeName[];
const nodeOf = (resource: string) =>
	NODES[nodeNames.find((node) => resource in RESOURCES_OF[node]) ?? 'keygen'].title;

/** A resource's operations as the panel has them, by name; a fold stands for all its rows. */
function partsOf(resource: Resource): Array<[name: string, rows: Array<[string, Row]>]> {
	const parts = new Map<string, Array<[string, Row]>>();
	for (const [operation, row] of Object.entries(resource.operations)) {
		const name = row.fold === undefined ? row.name : FOLDS[row.fold].name;
		parts.set(name, [...(parts.get(name) ?? []), [operation, row]]);
	}
	return [...parts].sort(([a], [b]) => a.localeCompare(b));
}

const EVERYWHERE = [
	'A record is chosen from a list, by its ID, or by the other names that are given with it. Where the service takes nothing but an ID, the node looks the ID up first, once in a run.',
	"An optional field that is empty is not sent. 'Clear Fields' sends that a field shall have no value.",
	"'Simplify' gives flat records: ID, attributes, and the IDs of related records. Off, it gives what the service sent.",
	"'Return All' reads a list of any length from Keygen Cloud and servers of version 1.7.0 and later. Older servers list 10,000 records at most; where there are more the node gives none, and says so.",
	'A request that may be repeated without harm is repeated after a lost connection or a passing fault of the server. Others are not: the item then fails with `outcome` `unknown`, and the message says that they may have been carried out.',
	"With 'Retry On Fail', n8n would repeat the node for all items. Where something may have been done, the node keeps it from that: items that failed then have `failure` in place of `error`.",
	'A fingerprint, a version and a filename can belong to several records. The node then takes none of them, and says so; an option narrows it, such as the license of a machine.',
	"A filter that was added and turns out empty fails the item, so that it never lists everything. Of filters that Keygen does not combine, such as 'Expires After' with 'Expires Before', one can be used at a time.",
	'The fields of the credential may be expressions: each item goes to the account that its own values lead to.',
	'A time without an offset is in the time zone of the workflow.',
];

function resourcePage(name: string, resource: Resource): string {
	return [
		NOTICE,
		`# ${resource.label}${servers(resource)}`,
		'',
		...(resource.description ? [`${resource.description.replace(/\.$/, '')}.`, ''] : []),
		`Node **${nodeOf(name)}**, resource \`${name}\`. [Keygen's own documentation](https://keygen.sh/docs/api/${resource.docs}/)`,
		'',
		...partsOf(resource).flatMap(([title, rows]) =>
			rows[0][1].fold === undefined
				? operationPart(`## ${title}`, rows[0][0], rows[0][1], resource)
				: [
						`## ${title}`,
						'',
						`'${FOLDS[rows[0][1].fold].label}' says which.`,
						'',
						...rows
							.map(([operation, row]): [string, string, Row] => [objectOf(row), operation, row])
							.sort(([a], [b]) => a.localeCompare(b))
							.flatMap(([object, operation, row]) =>
								operationPart(`### ${object}`, operation, row, resource),
							),
					],
		),
	].join('\n');
}

const objectOf = (row: Row) => (row.fold === undefined ? '' : objectLabel(row, row.fold));

function operationPart(heading: string, operation: string, row: Row, resource: Resource): string[] {
	const selection = selectionOf({ operation, row });
	const choice = selection.related === undefined ? '' : `, \`${RELATED}\` \`${selection.related}\``;
	const required: Array<[string, Field]> = [
		...row.records.map((name): [string, Field] => [
			name,
			{ label: recordKind(name).label, type: 'record', at: 'path', record: name as never },
		]),
		...[...(row.required ?? []), ...(row.shown ?? [])].map((name): [string, Field] => [
			name,
			resource.fields[name],
		]),
	];
	const inCollections: Array<[string, Array<[string, Field]>]> = [
		['Filters', (row.filters ?? []).map((name) => [name, FILTERS[name]])],
		[
			collectionOf(row).label,
			(row.optional ?? []).map((name) => [name, asIn(row, resource.fields[name])]),
		],
		['Options', (row.settings ?? []).map((name) => [name, resource.fields[name]])],
	];
	const facts = [
		`Operation \`${selection.operation}\`${choice}, ${row.request === undefined ? 'no request' : `\`${row.request}\``}. ${ANSWERS[row.compound ? 'record' : row.answer]}`,
		...(changes(row)
			? [
					isRepeatable(row)
						? 'Repeated after a lost connection.'
						: 'Never repeated after a lost connection.',
				]
			: []),
		...(row.include ? [`Can include: ${row.include.join(', ')}.`] : []),
		...(row.notice ? [`**${row.notice}**`] : []),
		...(row.note ? [row.note] : []),
		...(row.local ? [OFFLINE] : []),
	];
	return [
		heading,
		'',
		`${row.description ? `${row.description.replace(/\.$/, '')}. ` : ''}${facts.join(' ')}`,
		'',
		...fieldTable('Field', required),
		...inCollections.flatMap(([label, fields]) => fieldTable(label, fields)),
	];
}

const OFFLINE =
	'[What it proves, and what it does not](../offline-verification.md); the codes are there too.';

const ANSWERS = {
	record: 'Gives the record.',
	list: 'Gives a list.',
	records: 'Gives the records.',
	deleted: 'Gives `deleted` and the ID.',
	done: 'Gives `success`.',
	file: 'Gives a file.',
	verdict: 'Gives `valid`, `code`, and what the key holds.',
	documentVerdict: 'Gives `valid`, `code`, and the document of the file.',
};

function fieldTable(title: string, fields: Array<[string, Field]>): string[] {
	if (fields.length === 0) return [];
	const rows = fields.map(
		([name, field]) =>
			`| ${field.label} | \`${name}\` | ${cell(typeOf(field))} | ${cell(condition(field, fields) + meaning(field))} |`,
	);
	return [`| ${title} | Name | Type | Meaning |`, '| --- | --- | --- | --- |', ...rows, ''];
}

/** For a field that is shown for one value of another only. */
function condition({ when }: Field, fields: Array<[string, Field]>): string {
	if (!when) return '';
	const [, field] = fields.find(([name]) => name === when.field) as [string, Field];
	return `For '${field.label}' \`${when.is}\`. `;
}

function typeOf(field: Field): string {
	const aliases = field.record
		? (recordKind(field.record).aliases ?? []).map(({ label }) =>
				label.replace('By ', '').toLowerCase(),
			)
		: [];
	const bounds = [
		field.min === undefined ? '' : `${field.min} at least`,
		field.max === undefined ? '' : `${field.max} at most`,
	]
		.filter(Boolean)
		.join(', ');
	switch (field.type) {
		case 'record':
			return ['ID', ...aliases].join(' or ');
		case 'records':
			return `several, each ${['ID', ...aliases].join(' or ')}`;
		case 'number':
			return `whole number${bounds ? `, ${bounds}` : ''}`;
		case 'options':
		case 'multiOptions':
			return field.loadOptions
				? 'several of a list'
				: `${field.type === 'options' ? 'one' : 'several'} of ${Object.keys(field.options ?? {})
						.map((value) => `\`${value}\``)
						.join(', ')}`;
		case 'embedded':
			return `several with ${Object.values(field.parts ?? {})
				.map(({ label }) => label)
				.join(', ')}`;
		default:
			return {
				string: 'text',
				boolean: 'true or false',
				dateTime: 'date and time',
				date: 'day',
				duration: 'ISO 8601 duration or seconds',
				list: 'several texts',
				json: 'JSON',
				pairs: 'names with values, or JSON',
			}[field.type];
	}
}

function meaning({ description = '', nullable, ee, secret }: Field): string {
	const cleared =
		nullable === undefined
			? ''
			: nullable === true
				? 'Can be cleared.'
				: `Can be cleared: ${nullable.toLowerCase()}.`;
	return [
		description && `${description.replace(/\.$/, '')}.`,
		cleared,
		ee ? 'Keygen EE and Cloud only.' : '',
		secret ? 'Never shown in messages.' : '',
	]
		.filter(Boolean)
		.join(' ');
}

function legacyPage(): string {
	const rows = Object.entries(LEGACY_ACTIONS).map(([action, places], index) => {
		const now = places.map((place) => {
			const [resourceName, operation] = place.split('.');
			const resource = TABLE[resourceName];
			const { name } = resource.operations[operation];
			return `[${resource.label}: ${name}](${fileOf(resource)}#${anchor(name)})`;
		});
		const nodes = new Set(places.map((place) => nodeOf(place.split('.')[0])));
		return `| ${index + 1} | \`${action}\` | ${[...nodes].join(', ')} | ${now.join(', ')} | ${cell(LEGACY_NOTES[action] ?? '')} |`;
	});
	return [
		NOTICE,
		'# Actions of the older Keygen package',
		'',
		'All of them are there. Its receiver for webhook events is the node Keygen Trigger.',
		'',
		'| # | Older action | Node | Operation | What changed |',
		'| --- | --- | --- | --- | --- |',
		...rows,
		'',
	].join('\n');
}
