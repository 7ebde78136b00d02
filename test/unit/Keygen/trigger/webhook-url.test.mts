import { urlProblem } from '../../../../nodes/Keygen/trigger/endpoint/webhook-url';

const messageFor = (url: string, entered?: 'Webhook URL' | 'Webhook URL for Tests') => {
	const problem = urlProblem(url, entered ?? 'Webhook URL', entered !== undefined);
	return problem && `${problem.message}. ${problem.description}`;
};

describe('the URL of a webhook', () => {
	it.each([
		'https://n8n.example.com/webhook/1/webhook',
		'https://n8n.example.com:8443/a?b=c',
		'https://hooks.keygen.sh/webhook',
		'https://xn--bcher-kva.example/webhook',
		'https://keygen.sh.example.com/webhook',
		'https://notkeygen.shop/webhook',
		// The service sends them as Basic authentication, for a proxy in front of n8n.
		'https://user:secret@n8n.example.com/webhook',
	])('may be %s', (url) => expect(messageFor(url)).toBeUndefined());

	it.each([
		[
			'http://localhost:5678/webhook',
			/machine itself.*tunnel.*N8N_WEBHOOK_URL \(WEBHOOK_URL in n8n 1\.x\)/,
		],
		[
			'https://localhost/webhook',
			/machine itself.*tunnel.*N8N_WEBHOOK_URL \(WEBHOOK_URL in n8n 1\.x\)/,
		],
		['https://n8n.localhost/webhook', /machine itself/],
		[
			'http://127.0.0.1:5678/webhook',
			/IP addresses.*127\.0\.0\.1:5678.*host name.*N8N_WEBHOOK_URL \(WEBHOOK_URL in n8n 1\.x\).*tunnel/,
		],
		['https://93.184.216.34/webhook', /IP addresses/],
		['https://[2001:db8::1]/webhook', /IP addresses/],
		// A number is an IP address to whoever resolves it.
		['https://2130706433/webhook', /IP addresses/],
		['https://0x7f.1/webhook', /IP addresses/],
		[
			'http://n8n.example.com/webhook',
			/https addresses only.*proxy with a certificate.*N8N_WEBHOOK_URL \(WEBHOOK_URL in n8n 1\.x\)/,
		],
		['ftp://n8n.example.com/webhook', /https addresses only/],
		['https://n8n/webhook', /public host names only/],
		['https://n8n.123/webhook', /not a web address|public host names only/],
		['https://n8n.example.com./webhook', /public host names only/],
		['https://app.keygen.sh/webhook', /does not send webhooks to itself/],
		['https://keygen.sh/webhook', /does not send webhooks to itself/],
		['n8n.example.com/webhook', /not a web address/],
		['', /not a web address/],
		[`https://n8n.example.com/${'x'.repeat(4096)}`, /longer than 4096 bytes/],
	])('may not be %s', (url, expected) => expect(messageFor(url)).toMatch(expected));

	it('is explained by the option where the user entered it', () => {
		for (const option of ['Webhook URL', 'Webhook URL for Tests'] as const)
			for (const url of ['http://n8n.example.com/', 'https://localhost/', 'https://10.0.0.1/', 'x'])
				expect(messageFor(url, option)).toContain(`Correct '${option}' in the node's options`);
	});

	it('is shown without what might be a password', () => {
		for (const url of ['http://user:secret@n8n.example.com/', 'https://user:secret@'])
			expect(messageFor(url)).not.toContain('secret');
	});
});
