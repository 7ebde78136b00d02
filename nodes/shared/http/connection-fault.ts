/** Why no complete answer came, and whether the service may have acted on the request. */
export interface ConnectionFault {
	/** `no`: the request surely never arrived. `maybe`: nobody can tell. */
	received: 'no' | 'maybe';
	cause:
		| 'unreachable'
		| 'certificate'
		| 'blocked'
		| 'timeout'
		| 'reset'
		| 'cancelled'
		| 'too-large';
	/**
	 * The operating system's or library's code, such as ECONNREFUSED, or `PROXY_` and the status with
	 * which a proxy refused to open a tunnel. Holds no address, no secret.
	 */
	code?: string;
}

/** System calls that fail before the first byte of a request leaves the machine. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);
const UNREACHABLE_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** From the package https-proxy-agent: the proxy closed before it had opened the tunnel. */
const PROXY_HUNG_UP = 'Proxy connection ended before receiving CONNECT response';
/** OpenSSL's verification failures, as Node names them: the handshake ends before any request. */
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|^ERR_TLS_|^ERR_SSL_/;

/**
 * Reads a thrown connection error of n8n's request helper.
 *
 * @param error what the helper threw; its message is never passed on, as it may hold the URL
 * @returns the fault; `received` is `no` only where it is sure that nothing was sent
 */
export function connectionFault(error: unknown): ConnectionFault {
	const chain = causes(error);
	const code = chain.map(({ code }) => code).find((value) => typeof value === 'string');
	const has = (test: (link: ErrorLink) => boolean) => chain.some(test);

	if (has(({ name }) => typeof name === 'string' && name.startsWith('Ssrf'))) {
		return { received: 'no', cause: 'blocked', code: 'N8N_SSRF_PROTECTION' };
	}
	if (
		has(({ syscall }) => BEFORE_SENDING.has(syscall ?? '')) ||
		has((link) => UNREACHABLE_CODES.has(link.code ?? ''))
	) {
		return { received: 'no', cause: 'unreachable', code };
	}
	if (has(({ message }) => message === PROXY_HUNG_UP)) {
		return { received: 'no', cause: 'unreachable', code: 'PROXY_CLOSED' };
	}
	if (has((link) => CERTIFICATE_CODE.test(link.code ?? ''))) {
		return { received: 'no', cause: 'certificate', code };
	}
	if (code === 'ETIMEDOUT' || code === 'ECONNABORTED')
		return { received: 'maybe', cause: 'timeout', code };
	return { received: 'maybe', cause: 'reset', code };
}

interface ErrorLink {
	name?: string;
	message?: string;
	code?: string;
	syscall?: string;
}

/** An error, its causes and the parts of an AggregateError, outermost first. */
function causes(error: unknown): ErrorLink[] {
	const found: ErrorLink[] = [];
	const open: unknown[] = [error];
	while (open.length > 0 && found.length < 20) {
		const link = open.shift();
		if (typeof link !== 'object' || link === null || found.includes(link)) continue;
		found.push(link);
		const { cause, errors } = link as { cause?: unknown; errors?: unknown };
		open.push(cause, ...(Array.isArray(errors) ? errors : []));
	}
	return found;
}
