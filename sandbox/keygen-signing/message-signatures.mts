import { createHash } from 'node:crypto';
import { signBytes } from './account-keys.mts';
import type { AccountKeys, SigningAlgorithm } from './account-keys.mts';

export interface MessageToSign {
	/** Of the request: `POST` for webhooks, the request's own for responses. */
	readonly method: string;
	/** Host name without port. */
	readonly host: string;
	/** Path with query. */
	readonly target: string;
	readonly body: string | Buffer;
	readonly date: Date;
	readonly algorithm: SigningAlgorithm;
	readonly accountId: string;
}

/** The headers by which the service signs a webhook request or a response. */
export function signedHeaders(keys: AccountKeys, message: MessageToSign): Record<string, string> {
	const date = message.date.toUTCString();
	const digest = `sha-256=${createHash('sha256').update(message.body).digest('base64')}`;
	const text =
		`(request-target): ${message.method.toLowerCase()} ${message.target}\n` +
		`host: ${message.host}\ndate: ${date}\ndigest: ${digest}`;
	const signature = signBytes(keys, message.algorithm, Buffer.from(text)).toString('base64');
	return {
		date,
		digest,
		'keygen-date': date,
		'keygen-digest': digest,
		'keygen-signature':
			`keyid="${message.accountId}", algorithm="${message.algorithm}", ` +
			`signature="${signature}", headers="(request-target) host date digest"`,
	};
}
