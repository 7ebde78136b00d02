import { privateAddressExpression } from '../../shared/http/private-http';
import { bareSecretExpression } from '../../shared/http/bare-secret';
import { CLOUD_URL } from './connection';

/**
 * Where the account's paths start, for the credential test that n8n itself sends; `connect` has the
 * same rule for the node. An address that must not get the token becomes empty, so that the test
 * fails.
 */
export const ACCOUNT_URL_EXPRESSION = `={{ (() => {
	const credential = $credentials;
	const text = (value) => String(value ?? '').trim();
	const path = (account) => (account === '' ? '' : '/accounts/' + encodeURIComponent(account));
	if (credential.host === 'cloud') return '${CLOUD_URL}/v1' + path(text(credential.account));
	const custom = credential.host === 'customDomain';
	const given = custom ? text(credential.domain).replace(/^(?!https?:\\/\\/)/i, 'https://') : text(credential.baseUrl);
	if (!${privateAddressExpression('given', '(!custom && credential.allowHttp === true)')}) return '';
	const [, server, , pasted] = /^(.*?)\\/*(\\/v1(?:\\/accounts\\/([^\\/]+))?\\/*)?$/.exec(given);
	return server + '/v1' + (custom ? '' : path(text(credential.selfHostedAccount) || (pasted ?? '')));
})() }}`;

/** The header of the same name, by the rule of `connect`. */
export const AUTHORIZATION_EXPRESSION = `={{ $credentials.authentication === 'licenseKey' ? 'License ' + ${bareSecretExpression('$credentials.licenseKey')} : 'Bearer ' + ${bareSecretExpression('$credentials.token')} }}`;
