import type { ConnectionFault } from './connection-fault';

/** How the words name a service, and what the user can set. */
export interface ServiceWords {
	/** `Keygen` */
	service: string;
	/** `'Keygen API'` */
	credential: string;
	/** The credential's field for the address: `'Base URL'`. */
	address: string;
	/** Advice for one cause, in place of the usual one. */
	advice?: Partial<Record<ConnectionFault['cause'], string>>;
}

/** `{…}` is filled from `ServiceWords`. */
const WORDS: Readonly<
	Record<ConnectionFault['cause'], readonly [message: string, advice: string]>
> = {
	unreachable: [
		'{service} cannot be reached',
		'Check the network and {address} in the credential {credential}.',
	],
	certificate: [
		"The server's certificate is not valid",
		'Check {address} in the credential {credential}, and whether a proxy intercepts TLS.',
	],
	blocked: [
		'n8n does not allow requests to this address',
		"n8n's SSRF protection blocks it. Check {address} in the credential {credential}, or allow the host in n8n's settings.",
	],
	timeout: ['{service} did not answer in time', 'Try again later.'],
	reset: ['The connection to {service} was lost', 'Try again.'],
	cancelled: ['The execution was canceled', 'Run it again.'],
	'too-large': ["{service}'s answer is too large", 'Ask for less.'],
};

/** What to tell a user about a request that got no complete response. */
export function connectionWords(
	cause: ConnectionFault['cause'],
	names: ServiceWords,
): { message: string; description: string } {
	const [message, advice] = WORDS[cause];
	const filled = (text: string) =>
		text
			.replace('{service}', names.service)
			.replace('{address}', names.address)
			.replace('{credential}', names.credential);
	return { message: filled(message), description: names.advice?.[cause] ?? filled(advice) };
}
