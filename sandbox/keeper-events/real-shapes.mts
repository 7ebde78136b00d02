/** What makes up the details of an event. */
export interface Ingredients {
	/** A new identifier in the manner of Keeper's. */
	uid(): string;
	/** A new numeric identifier. */
	numeric(): number;
	/** The user name of somebody in the enterprise. */
	someone(): string;
}

/** What becomes of a security benchmark. */
const RESULTS = ['auto-resolved', 'user-resolved', 'user-ignored'] as const;

/**
 * The details of events whose fields hold something else than their names say, as events of real
 * tenants show (the test events of Datadog's public pipeline for Keeper); undefined for all others.
 */
export function shapeOf(
	code: string,
	{ uid, numeric, someone }: Ingredients,
): Record<string, unknown> | undefined {
	if (code === 'vault_transferred') {
		// The person whose vault is taken, with the number of that user; and the receiver.
		return { email: someone(), from_username: numeric() % 2 ** 31, to_username: someone() };
	}
	if (code === 'pending_added_to_role') return { role_id: String(numeric()), value: someone() };
	if (code === 'pending_removed_from_role') {
		const role = numeric();
		return { role_id: `${Math.floor(role / 2 ** 32)}/${role}`, value: someone() };
	}
	// The UID of the record, in the field of applications. Nobody is named who may open it.
	if (code.startsWith('ext_share_')) return { app_uid: uid() };
	if (code.startsWith('sb_')) return { value: RESULTS[numeric() % RESULTS.length] };
	return undefined;
}
