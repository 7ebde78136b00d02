import { randomInt } from 'node:crypto';

import type { PublicKey, PublicKeyType } from '../crypto/public-key';
import { verifyResponse } from '../crypto/http/response-signature';
import type { SignatureAlgorithm } from '../crypto/signature-algorithm';
import type { Plain } from '../service/document';
import type { Fault } from '../service/fault';
import { valueIn } from '../input/inputs';
import type { Signer } from './key-ring';
import type { Operation } from './operation';
import type { ServiceRequest } from '../service/request';
import type { Done } from '../service/service';

/** A request that asks for a signed answer, and what the answer must then be like. */
export interface SignedExchange {
	request: ServiceRequest;
	/** Facts of the signature, or why the answer cannot be trusted. */
	check(reply: Done): { signature: Plain } | { fault: Fault };
}

/** In the order of preference; an account has a key of each. */
const ALGORITHMS: ReadonlyArray<[PublicKeyType, SignatureAlgorithm]> = [
	['ed25519', 'ed25519'],
	['rsa', 'rsa-pss-sha256'],
	['p256', 'ecdsa-p256'],
];

/** Fits in 31 bits, as every server's integers do. */
const MOST_NONCES = 2 ** 31;

/**
 * Makes a request ask for a signed answer. Where its body takes a nonce it gets one, unless the user
 * gave it: only then is the answer sure to be no recording of an earlier one. The algorithm follows
 * from the key, and the answer must be signed by it (`Keygen-Accept-Signature`,
 * https://keygen.sh/docs/api/signatures/).
 *
 * @returns the exchange, or why there is none; then nothing was sent
 */
export async function signedExchange(
	{ inputs, keys }: Operation,
	request: ServiceRequest,
): Promise<SignedExchange | { fault: Fault }> {
	const pasted = valueIn(inputs, 'responsePublicKey') as string | undefined;
	const signer = await keys.signer(pasted);
	if ('fault' in signer) return signer;
	const algorithm = algorithmFor(signer);
	if (typeof algorithm !== 'string') return algorithm;
	const tolerance = valueIn(inputs, 'clockTolerance') as number | undefined;
	const nonce =
		request.method === 'POST'
			? ((request.body?.meta?.nonce as number | undefined) ?? randomInt(MOST_NONCES))
			: undefined;
	const asked: ServiceRequest = {
		...request,
		headers: { ...request.headers, 'Keygen-Accept-Signature': `algorithm="${algorithm}"` },
		...(nonce === undefined
			? {}
			: { body: { ...request.body, meta: { ...request.body?.meta, nonce } } }),
	};
	return {
		request: asked,
		check: (reply) => {
			const { publicKeys, accountId } = signer;
			const options = { publicKeys, accountId, algorithm, nonce, now: Date.now() };
			const { valid, code, detail, signedAt } = verifyResponse(reply, {
				...options,
				...(tolerance === undefined ? {} : { toleranceSeconds: tolerance }),
			});
			if (!valid || signedAt === null) return { fault: untrusted(code, detail, reply.status) };
			return { signature: { valid, code, algorithm, signedAt: new Date(signedAt).toISOString() } };
		},
	};
}

function algorithmFor({ publicKeys }: Signer): SignatureAlgorithm | { fault: Fault } {
	const usable = publicKeys.filter((key): key is PublicKey => key.ok);
	for (const [type, algorithm] of ALGORITHMS)
		if (usable.some((key) => key.type === type)) return algorithm;
	const broken = publicKeys.find((key) => !key.ok);
	return {
		fault: {
			kind: 'stopped',
			message: 'The public key for the response cannot be used',
			description: `${broken && !broken.ok ? broken.detail : 'The account has none.'} Nothing was sent.`,
			code: 'INVALID_PUBLIC_KEY',
		},
	};
}

function untrusted(code: string, detail: string, status: number): Fault {
	return {
		kind: 'stopped',
		message: `The answer does not carry the account's signature (${code})`,
		description: `${detail} ${adviceFor(code)} Nothing of the answer is shown, because it may be forged.`,
		code,
		status,
		facts: { valid: false },
	};
}

function adviceFor(code: string): string {
	if (code.startsWith('DATE_'))
		return "Check the clock of n8n's server, or raise 'Clock Tolerance (Seconds)'.";
	if (code.startsWith('DIGEST_') || code === 'SIGNATURE_MISSING')
		return 'Look for a proxy between n8n and Keygen that changes bodies or drops headers.';
	return 'Check that the public key is that of the account, and that no proxy between n8n and Keygen changes host or path.';
}
