/**
 * Where the account's paths start, for the credential test that n8n itself sends; `connect` has the
 * same rule for the node. An address that must not get the token gives none, so that the test is
 * red.
 */
export const ACCOUNT_URL_EXPRESSION = `={{ (() => {
	const credential = $credentials;
	const text = (value) => String(value ?? '').trim();
	const path = (account) => (account === '' ? '' : '/accounts/' + encodeURIComponent(account));
	if (credential.host === 'cloud') return 'https://api.keygen.sh/v1' + path(text(credential.account));
	const custom = credential.host === 'customDomain';
	const given = custom ? text(credential.domain).replace(/^(?!https?:\\/\\/)/i, 'https://') : text(credential.baseUrl);
	if (!/^https:\\/\\/|^http:\\/\\/(localhost|127\\.0\\.0\\.1|\\[::1\\])([:\\/]|$)/i.test(given)) return '';
	const [, server, , pasted] = /^(.*?)\\/*(\\/v1(?:\\/accounts\\/([^\\/]+))?\\/*)?$/.exec(given);
	return server + '/v1' + (custom ? '' : path(text(credential.selfHostedAccount) || (pasted ?? '')));
})() }}`;
