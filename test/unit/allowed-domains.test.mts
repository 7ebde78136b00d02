// Where n8n's HTTP Request node may send a credential that somebody has just created.
import {
	getCredentialAllowedDomains,
	type ICredentialDataDecryptedObject,
	type INode,
	isDomainAllowed,
	NodeHelpers,
} from 'n8n-workflow';

import { KeeperAdminApi } from '../../credentials/KeeperAdminApi.credentials';
import { KeygenApi } from '../../credentials/KeygenApi.credentials';

const node: INode = {
	id: 'call',
	name: 'Call',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	position: [0, 0],
	parameters: {},
};

/** The list that n8n makes of the fields that were filled in and the defaults of the others. */
function allowedDomains(type: KeygenApi | KeeperAdminApi, filledIn: Record<string, string>) {
	const data = NodeHelpers.getNodeParameters(type.properties, filledIn, true, false, null, null);
	const credentialData = data as ICredentialDataDecryptedObject;
	return getCredentialAllowedDomains({ node, credentialData });
}

it.each([
	['Keygen API', new KeygenApi(), { host: 'cloud' }, 'https://api.keygen.sh/v1/accounts/x/me'],
	[
		'Keeper Admin API',
		new KeeperAdminApi(),
		{ region: 'US' },
		'https://keepersecurity.com/api/rest/public/events',
	],
	[
		'Keeper Admin API',
		new KeeperAdminApi(),
		{ region: 'AU' },
		'https://keepersecurity.com.au/api/rest/public/events',
	],
])('%s: its service and no other host', (_, type, filledIn, url) => {
	const list = allowedDomains(type, filledIn) ?? '';

	expect(isDomainAllowed({ url, allowedDomains: list })).toBe(true);
	for (const other of ['https://example.com/', `https://${new URL(url).host}.example.com/`])
		expect(isDomainAllowed({ url: other, allowedDomains: list })).toBe(false);
});

it.each([
	['Keygen API', new KeygenApi(), { host: 'selfHosted' }],
	['Keygen API', new KeygenApi(), { host: 'customDomain' }],
	['Keeper Admin API', new KeeperAdminApi(), { region: 'custom' }],
])('%s of a server of your own: no host until the user names one', (_, type, filledIn) => {
	expect(() => allowedDomains(type, filledIn)).toThrow('No allowed domains specified');
	const named = { ...filledIn, allowedDomains: 'licenses.example.com' };
	expect(allowedDomains(type, named)).toBe('licenses.example.com');
});
