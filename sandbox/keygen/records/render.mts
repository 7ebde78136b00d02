import { iso } from '../state/clock.mts';
import { related, typeOfLink } from '../state/relations.mts';
import type { Item } from '../state/store.mts';
import type { World } from '../state/world.mts';
import { camelize, mapKeys } from '../wire/letter-case.mts';
import { accountPath, pathOf } from './paths.mts';
import type { Resource } from './resource.mts';
import { asOf } from './versions.mts';
import type { View } from './view.mts';
import { views, withoutEnvironment } from './views.mts';

/** The JSON:API resource of an item in the shape of an API version; `secrets` shows token values. */
export function render(world: World, item: Item, version: string, secrets = false): Resource {
	const view = views[item.type];
	const base = pathOf(world, item);
	const resource: Resource = {
		id: item.id,
		type: item.type,
		attributes: attributesOf(world, view, item, secrets),
		relationships: relationshipsOf(world, view, item, base),
		...(view.link !== null && { links: { [view.link ?? 'self']: base, ...linksOf(item, base) } }),
		...(view.meta && { meta: view.meta(world, item) }),
	};
	return asOf(version, resource);
}

const shown = new WeakMap<View, Array<[string, string | undefined]>>();

/** Names of a view's attributes, each with the EE entitlement that it needs. */
function shownBy(view: View): Array<[string, string | undefined]> {
	let names = shown.get(view);
	if (!names) {
		names = words(view.attributes).map((entry) => entry.split('@') as [string, string | undefined]);
		shown.set(view, names);
	}
	return names;
}

function attributesOf(
	world: World,
	view: View,
	item: Item,
	secrets: boolean,
): Record<string, unknown> {
	const result: Record<string, unknown> = {};
	const hidden = secrets ? [] : (view.secret ?? '').split(' ');
	for (const [name, feature] of shownBy(view)) {
		if (hidden.includes(name) || (feature && !world.edition.has(feature))) continue;
		const stored = view.computed?.[name] ? view.computed[name](world, item) : item.facts[name];
		const value = stored ?? (feature === 'permissions' ? ['*'] : stored);
		if (value === undefined) continue;
		result[name] = name === 'metadata' ? mapKeys(value, camelize) : value;
	}
	if (secrets) Object.assign(result, item.facts.secrets);
	return view.timeless
		? result
		: { ...result, created: iso(item.created), updated: iso(item.updated) };
}

function relationshipsOf(
	world: World,
	view: View,
	item: Item,
	base: string,
): Record<string, unknown> {
	const account = accountPath(world);
	const result: Record<string, unknown> = {};
	if (item.type !== 'accounts')
		result.account = {
			links: { related: account },
			data: { type: 'accounts', id: world.account.id },
		};
	if (world.edition.has('environments') && !withoutEnvironment.has(item.type)) {
		const environment = item.environment && { type: 'environments', id: item.environment };
		const link = item.environment && `${account}/environments/${item.environment}`;
		result.environment = { links: { related: link }, data: environment };
	}
	for (const name of words(view.one)) {
		const target = related(world, item, name);
		const id = target?.id ?? (name in item.links ? item.links[name] : null);
		const data = id ? { type: target?.type ?? typeOfLink(item, name), id } : null;
		result[name] = { links: { related: `${base}/${name}` }, data };
	}
	for (const name of words(view.direct)) {
		const id = related(world, item, name)?.id ?? item.links[name];
		const data = id ? { type: typeOfLink(item, name), id } : null;
		result[name] = { links: { related: data && `${account}/${data.type}/${data.id}` }, data };
	}
	for (const name of words(view.many)) {
		const meta = view.counts?.[name]?.(world, item);
		result[camelize(name)] = { links: { related: `${base}/${name}` }, ...(meta && { meta }) };
	}
	return result;
}

/** Links beside the one to the record itself. */
function linksOf(item: Item, base: string): Record<string, string> {
	const { filename, extraLinks } = item.facts;
	return {
		...(item.type === 'artifacts' && { related: `${base}/${encodeURIComponent(filename ?? '')}` }),
		...extraLinks,
	};
}

function words(text: string | undefined): string[] {
	return text ? text.split(' ') : [];
}
