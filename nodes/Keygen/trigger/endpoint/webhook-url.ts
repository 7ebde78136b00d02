import type { Failure } from '../../../shared/failure';

/** The option in which a URL is entered. */
type UrlOption = 'Webhook URL' | 'Webhook URL for Tests';

const LONGEST_BYTES = 4096;
/** The service's own rule for hosts: a name with a top-level domain of letters, and no dot behind it. */
const PUBLIC_HOST = /\.[a-zA-Z]{2,}$/;
/** The names at which the service itself answers. */
const KEYGEN_HOST = /^((api|app|portal|dist|get|oci|raw|www)\.)?keygen\.sh$/i;

const TUNNEL =
	"n8n on your own computer needs a tunnel with a public https address (Cloudflare Tunnel, ngrok and others); put that address in n8n's environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in n8n 1.x) and restart n8n.";
/**
 * What Keygen would refuse about the URL of a webhook endpoint: it takes https and public host names
 * only, no IP addresses, and 4 KiB at most (https://keygen.sh/docs/api/webhooks/).
 *
 * @param option in which the user has entered it, or could enter another
 * @param entered whether the user did; otherwise n8n made it up
 * @returns undefined for a URL that Keygen accepts
 */
export function urlProblem(text: string, option: UrlOption, entered: boolean): Failure | undefined {
	const advice = entered
		? `Correct '${option}' in the node's options.`
		: `Give n8n a public https address, in the environment variable N8N_WEBHOOK_URL (WEBHOOK_URL in n8n 1.x), or enter the public address of this webhook as '${option}' in the node's options.`;
	if (!URL.canParse(text)) {
		return {
			message: `The webhook URL is not a web address: ${shown(text)}`,
			description: `Keygen needs one that starts with https://. ${advice}`,
		};
	}
	const url = new URL(text);
	const name = url.hostname.replace(/\.$/, '');
	if (name === 'localhost' || name.endsWith('.localhost')) {
		return {
			message: `Keygen cannot reach n8n at ${url.host}, which is a name for the machine itself`,
			description: entered ? `It needs a public host name. ${advice}` : TUNNEL,
		};
	}
	if (/^\[|^[\d.]+$/.test(name)) {
		return {
			message: `Keygen does not send to IP addresses, and the webhook URL has ${url.host}`,
			description: `It needs a host name, such as n8n.example.com. ${advice}${entered ? '' : ` ${TUNNEL}`}`,
		};
	}
	if (url.protocol !== 'https:') {
		return {
			message: `Keygen sends to https addresses only, and the webhook URL starts with ${url.protocol}//`,
			description: `Put a proxy with a certificate in front of n8n. ${advice}`,
		};
	}
	if (!PUBLIC_HOST.test(url.hostname)) {
		return {
			message: `Keygen sends to public host names only, and ${url.host} is none`,
			description: `A public name has a dot and ends in letters, such as n8n.example.com. ${advice}`,
		};
	}
	if (KEYGEN_HOST.test(name)) {
		return {
			message: `Keygen does not send webhooks to itself, and the webhook URL has ${url.host}`,
			description: `It must lead to n8n. ${advice}`,
		};
	}
	if (Buffer.byteLength(text) > LONGEST_BYTES) {
		return {
			message: `The webhook URL is longer than ${LONGEST_BYTES} bytes, which is the most that Keygen takes`,
			description: advice,
		};
	}
	return undefined;
}

/** A URL for messages and logs, without the user and password that a proxy in front of n8n may ask for. */
export const withoutUser = (url: string) => url.replace(/\/\/[^/?#]*@/, '//');

const shown = (text: string) => {
	const bare = withoutUser(text);
	return bare.length > 100 ? `${bare.slice(0, 100)}…` : bare;
};
