import { fail, ok, type Failure, type Result } from '../../shared/failure';
import { accountKeysOf, type AccountKeys } from './account-keys';
import type { Connection } from './connection';
import { isResource } from './document';
import { isRefusal, type Fault } from './fault';
import type { Reply } from './reply';
import { get, type ServiceRequest } from './request';

/** What is to be known of the credential's account. Each fact is asked for once. */
export class Account {
	private readonly connection: Connection;
	private readonly send: (request: ServiceRequest) => Promise<Reply>;
	private found?: Promise<string | undefined>;
	private fetched?: Promise<Result<AccountKeys, Fault>>;

	constructor(connection: Connection, send: (request: ServiceRequest) => Promise<Reply>) {
		this.connection = connection;
		this.send = send;
	}

	/** ID or slug; asked of the service where the credential does not name it. */
	async id(): Promise<string | undefined> {
		this.found ??= this.find();
		return await this.found;
	}

	/** The account's ID, slug and public keys, or why they are not known. */
	async keys(): Promise<Result<AccountKeys, Fault>> {
		this.fetched ??= this.fetchKeys();
		return await this.fetched;
	}

	private async find(): Promise<string | undefined> {
		if (this.connection.account !== undefined) return this.connection.account;
		const reply = await this.send(get('/me'));
		const data = reply.ok ? reply.value.document.data : undefined;
		const account = isResource(data) ? data.relationships?.account?.data : undefined;
		return account && !Array.isArray(account) ? account.id : undefined;
	}

	private async fetchKeys(): Promise<Result<AccountKeys, Fault>> {
		if (this.connection.isCustomDomain)
			return fail({ kind: 'stopped', ...NO_KEYS_AT_CUSTOM_DOMAIN });
		const reply = await this.send(get('/v1/accounts/{account}'));
		if (!reply.ok)
			return isRefusal(reply.failure, 403) ? fail({ kind: 'stopped', ...KEYS_NOT_SHOWN }) : reply;
		const keys = accountKeysOf(reply.value.document);
		return keys ? ok(keys) : fail({ kind: 'stopped', ...NO_KEYS });
	}
}

/** License keys, and tokens of licenses and users, may not read the account. */
const KEYS_NOT_SHOWN: Failure = {
	message: "The credential may not read the account's public keys",
	description:
		"Set 'Public Key From' to 'Pasted Key', or fill 'Response Public Key', with the public key from the account's settings in the Keygen dashboard. Tokens of admins and products may read it.",
};

const NO_KEYS: Failure = {
	message: "The account's public keys cannot be fetched with this credential",
	description:
		'The service returned the account without them. Copy the public key from the Keygen dashboard and paste it instead.',
};

/** A custom domain does not show the account, nor its keys. */
const NO_KEYS_AT_CUSTOM_DOMAIN: Failure = {
	message: "The account's public keys cannot be fetched through a custom domain",
	description:
		"Copy the public key from the Keygen dashboard and paste it instead, or choose 'Keygen Cloud' in the credential.",
};
