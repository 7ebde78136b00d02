import type { Facts } from '../state/facts.mts';

/** A resource identifier. */
export interface Identifier {
	type: string;
	id: string;
}

/** What a license is to be validated for. */
export interface Scope {
	product?: string;
	policy?: string;
	user?: string | null;
	machine?: string;
	fingerprint?: string;
	fingerprints?: string[];
	components?: string[];
	entitlements?: string[];
	checksum?: string;
	version?: string;
	environment?: string | null;
}

/** Members of `meta`; each route accepts its own few. */
export interface Meta {
	key?: string;
	legacyEncrypted?: boolean;
	encrypted?: boolean;
	nonce?: number;
	scope?: Scope;
	increment?: number;
	decrement?: number;
	encrypt?: boolean;
	algorithm?: string | null;
	ttl?: unknown;
	include?: string[];
	dataset?: Record<string, unknown>;
	email?: string;
	password?: string;
	oldPassword?: string;
	newPassword?: string;
	passwordResetToken?: string;
	otp?: unknown;
	type?: string;
	op?: string;
	query?: Record<string, unknown>;
}

/** A resource that a relationship carries whole. */
export interface EmbeddedResource {
	attributes: Facts;
	relationships: Record<string, Identifier | null>;
}

/** A body that passed every check of its row; names are canonical, metadata keys underscored. */
export interface Body {
	/** Client-made id of `data`, where the row allows one. */
	id?: string;
	attributes: Facts;
	/** To-one linkages by name; null removes. */
	relationships: Record<string, Identifier | null>;
	/** Resources that a relationship carries whole, e.g. `constraints`. */
	embedded: Record<string, EmbeddedResource[]>;
	meta: Meta;
	/** `data` of a body that is itself a linkage (null removes) or a list of them. */
	linkage: Identifier | null;
	members: Member[];
}

/** One entry of a body that lists linkages; `id` is empty where it names others instead. */
export interface Member {
	id: string;
	relationships: Record<string, Identifier | null>;
}

/** The id that a part of a body names under a relationship that its row requires. */
export function linkedId({ relationships }: Pick<Member, 'relationships'>, name: string): string {
	return relationships[name]?.id ?? '';
}

export function emptyBody(): Body {
	return { attributes: {}, relationships: {}, embedded: {}, meta: {}, linkage: null, members: [] };
}
