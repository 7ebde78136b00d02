import { randomInt } from 'node:crypto';

import { fail, ok, type Result } from '../../shared/failure';
import type { PublicKey, PublicKeyType } from '../crypto/public-key';
import { verifyResponse } from '../crypto/http/response-signature';
import type { SignatureAlgorithm } from '../crypto/signature-algorithm';
import type { Plain } from '../service/document';
import type { Fault } from '../service/fault';
import { valueIn } from '../input/inputs';
import type { Signer } from './key-ring';
import type { Operation } from './operation';
import type { ServiceRequest } from '../service/request';
import type { Answer } from '../service/reply';

/** A request that asks for a signed answer, and what the answer must then be like. */
interface SignedExchange {
	request: ServiceRequest;
	/** Facts of the signature, or why the answer cannot be trusted. */
	check(answer: Answer): Result<Plain, Fault>;
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
): Promise<Result<SignedExchange, Fault>> {
	const pasted = valueIn(inputs, 'responsePublicKey') as string | undefined;
	const signer = await keys.signer(pasted);
	if (!signer.ok) return signer;
	const algorithmFound = algorithmFor(signer.value);
	if (!algorithmFound.ok) return algorithmFound;
	const algorithm = algorithmFound.value;
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
	return ok({
		request: asked,
		check: (answer) => {
			const { publicKeys, accountId } = signer.value;
			const options = { publicKeys, accountId, algorithm, nonce, now: Date.now() };
			const { valid, code, detail, signedAt } = verifyResponse(answer, {
				...options,
				...(tolerance === undefined ? {} : { toleranceSeconds: tolerance }),
			});
			if (!valid || signedAt === null) return fail(untrusted(code, detail, answer.status));
			return ok({ valid, code, algorithm, signedAt: new Date(signedAt).toISOString() });
		},
	});
}

function algorithmFor({ publicKeys }: Signer): Result<SignatureAlgorithm, Fault> {
	const usable = publicKeys.filter((key): key is PublicKey => key.ok);
	for (const [type, algorithm] of ALGORITHMS)
		if (usable.some((key) => key.type === type)) return ok(algorithm);
	const broken = publicKeys.find((key) => !key.ok);
	return fail({
		kind: 'stopped',
		message: 'The public key for the response cannot be used',
		description: `${broken && !broken.ok ? broken.detail : 'The account has none.'} Nothing was sent.`,
		code: 'INVALID_PUBLIC_KEY',
	});
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
