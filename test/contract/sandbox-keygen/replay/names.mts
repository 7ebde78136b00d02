import { isObject } from './json.mts';
import type { Json } from './json.mts';
import type { Captures } from './captures.mts';
import type { Service } from './service.mts';

export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const onlyUuid = new RegExp(`^${UUID.source}$`);

/** Names of IDs by the step in which they first appeared: `<licenses:lic>`, `<tokens:s7.2>`. */
export class Names {
	private names = new Map<string, string>();
	private tokens = new Map<string, string>();
	private counts: Record<string, number> = {};
	private step = '';
	private captures: Captures;

	constructor(captures: Captures, { accountId, admin }: Service) {
		this.captures = captures;
		this.names.set(accountId, '<accounts:account>');
		this.names.set(admin.id, '<users:admin>');
		this.names.set(admin.tokenId, '<tokens:admin>');
	}

	/** Names what the body of this step's answer shows for the first time. */
	begin(step: string, body: Json | undefined): void {
		this.step = step;
		this.counts = {};
		for (const [name, id] of this.captures.uuids)
			if (!this.names.has(id)) this.names.set(id, `<uuid:${name}>`);
		const data = isObject(body) ? body.data : undefined;
		if (isObject(data)) this.learnOne(data, () => `<${data.type}:${step}>`);
		if (body !== undefined) this.learn(body);
	}

	/** Names the IDs of all resources in `node`. */
	learn(node: Json): void {
		if (Array.isArray(node)) return node.forEach((entry) => this.learn(entry));
		if (!isObject(node)) return;
		const { type } = node;
		if (typeof type === 'string') this.learnOne(node, () => this.next(type));
		Object.values(node).forEach((value) => this.learn(value));
	}

	/** Replaces every ID in a text by its name. */
	inText(text: string): string {
		return text.replace(UUID, (id) => {
			const name = this.names.get(id) ?? this.next('uuid');
			this.names.set(id, name);
			return name;
		});
	}

	/** The name of a text that is random but may come again. */
	token(kind: string, value: string): string {
		const name = this.tokens.get(value) ?? `<${kind}:${this.step}>`;
		this.tokens.set(value, name);
		return name;
	}

	private learnOne({ id }: { [name: string]: Json }, name: () => string): void {
		if (typeof id === 'string' && onlyUuid.test(id) && !this.names.has(id))
			this.names.set(id, name());
	}

	private next(type: string): string {
		this.counts[type] = (this.counts[type] ?? 0) + 1;
		return `<${type}:${this.step}.${this.counts[type]}>`;
	}
}
