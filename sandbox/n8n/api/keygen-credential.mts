/** Fields of the credential 'Keygen API' that lead to a sandbox, as its administrator. */
export function keygenCredential(sandbox: { url: string; accountId: string; adminToken: string }) {
	return {
		host: 'selfHosted',
		baseUrl: sandbox.url,
		selfHostedAccount: sandbox.accountId,
		authentication: 'token',
		token: sandbox.adminToken,
		apiVersion: '1.8',
	};
}
