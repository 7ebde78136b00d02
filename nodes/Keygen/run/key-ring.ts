import { fail, ok, type Result } from '../../shared/failure';
import { importPublicKey, type ImportedKey } from '../crypto/public-key';
import type { Fault } from '../service/fault';
import type { KeygenService } from '../service/service';

/** Whose signature something must carry. */
export interface Signer {
	publicKeys: readonly ImportedKey[];
	/** Which signatures of messages name; unknown for a key that was pasted. */
	accountId?: string;
}

/** Cache size; further pasted keys are imported per item. */
const MOST_KEPT = 100;

/** The public keys of one run of a node. None is fetched or imported twice. */
export class KeyRing {
	private readonly service?: KeygenService;
	private readonly pasted = new Map<string, ImportedKey>();

	/** @param service asked for the account's keys; without it there are only pasted ones */
	constructor(service?: KeygenService) {
		this.service = service;
	}

	/**
	 * @param pasted the key as the user gave it; undefined for those of the account. One that cannot
	 * be read comes back too, and says why when it is used.
	 */
	async signer(pasted: string | undefined): Promise<Result<Signer, Fault>> {
		if (pasted !== undefined) return ok({ publicKeys: [this.imported(pasted)] });
		if (!this.service) return fail(NO_CREDENTIAL);
		const account = await this.service.account.keys();
		if (!account.ok) return account;
		const { publicKeys, id } = account.value;
		return ok({ publicKeys, accountId: id });
	}

	private imported(text: string): ImportedKey {
		const key = this.pasted.get(text) ?? importPublicKey(text);
		if (this.pasted.size < MOST_KEPT) this.pasted.set(text, key);
		return key;
	}
}

const NO_CREDENTIAL: Fault = {
	kind: 'stopped',
	message: "'Public Key From' differs between items",
	description: 'Choose one of the two for all items.',
};
