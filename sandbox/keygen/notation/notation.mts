/**
 * The notation in which routes name members; README.md of the sandbox explains it.
 *
 *     name: string; url?: string|null; role?: string ∈{user,admin} (roles admin); scope.user?: string
 *     product→{products}; owner?→{users}|null (roles STAFF); environment?→{environments} (EE:environments)
 *
 * A leading `?` marks the whole object as optional. Conditions stand in parentheses: the roles
 * that may send the member, the EE feature it needs, the last API version that knew it.
 */
export interface Conditions {
	roles?: string;
	feature?: string;
	upTo?: string;
}

export interface Field extends Conditions {
	name: string;
	/** May be null but not blank. */
	filled?: boolean;
	optional: boolean;
	nullable: boolean;
	kind: string;
	list: boolean;
	choices?: string[];
	/** Members of an object field that was written with dots. */
	members?: Field[];
}

export interface Linkage extends Conditions {
	name: string;
	optional: boolean;
	nullable: boolean;
	types: string[];
	/** The relationship under which it is stored, when the member is an older name of it. */
	alias?: string;
}

export interface Shape<T> {
	optional: boolean;
	members: T[];
}

const fieldPattern = /^([\w.]+)(\?)?: (\w+)(\[\])?(\|null)?(?: ∈\{([^}]*)\})?((?: ?\([^)]*\))*)$/;
const linkagePattern = /^(\w+)(\?)?→\{([\w/-]+)\}(\|null)?((?: ?\([^)]*\))*)$/;

/** Reads a list of fields. Throws on a line that the notation does not cover. */
export const fields = remembered((text: string): Shape<Field> => {
	const members: Field[] = [];
	for (const part of split(text)) {
		const match = fieldPattern.exec(part);
		if (!match) throw new Error(`Not in the notation: ${part}`);
		const [, path, optional, kind, list, nullable, choices, conditions] = match;
		const steps = path.split('.');
		let home = members;
		for (const step of steps.slice(0, -1)) home = openObject(home, step);
		const name = steps[steps.length - 1];
		const previous = home.find((field) => field.name === name);
		if (previous) continue;
		home.push({
			name,
			kind,
			optional: Boolean(optional),
			nullable: Boolean(nullable),
			list: Boolean(list),
			...(choices && { choices: choices.split(',') }),
			...(/\(filled\)/.test(conditions) && { filled: true }),
			...readConditions(conditions),
		});
	}
	return { optional: text.startsWith('?'), members };
});

/** Reads a list of to-one relationships. Throws on a line that the notation does not cover. */
export const linkages = remembered((text: string): Shape<Linkage> => {
	const members = split(text).map((part) => {
		const match = linkagePattern.exec(part);
		if (!match) throw new Error(`Not in the notation: ${part}`);
		const [, name, optional, types, nullable, conditions] = match;
		const alias = /\(alias of (\w+)\)/.exec(conditions)?.[1];
		return {
			name,
			optional: Boolean(optional),
			nullable: Boolean(nullable),
			types: types.split('/'),
			...(alias && { alias }),
			...readConditions(conditions),
		};
	});
	return { optional: text.startsWith('?'), members };
});

function openObject(home: Field[], name: string): Field[] {
	let field = home.find((candidate) => candidate.name === name);
	if (!field) {
		field = { name, kind: 'object', optional: true, nullable: false, list: false };
		home.push(field);
	}
	return (field.members ??= []);
}

function split(text: string): string[] {
	return text
		.replace(/^\?\s*/, '')
		.split(/;\s*(?![^()]*\))/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function readConditions(text: string): Conditions {
	const roles = /roles ([\w+,-]+)/.exec(text)?.[1];
	const feature = /EE:(\w+)/.exec(text)?.[1];
	const upTo = /api ?<= ?([\d.]+)/.exec(text)?.[1];
	return { ...(roles && { roles }), ...(feature && { feature }), ...(upTo && { upTo }) };
}

function remembered<T>(read: (text: string) => T): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		let result = known.get(text);
		if (result === undefined) known.set(text, (result = read(text)));
		return result;
	};
}
