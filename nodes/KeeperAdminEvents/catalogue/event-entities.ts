/**
 * What an event is about, by the beginning of its code, where the event names nothing itself.
 * The first that fits counts; codes that fit none are about what their group is about.
 */
const ENTITIES: ReadonlyArray<[start: RegExp, entity: string]> = [
	[/^audit_alert_/, 'Audit Alert'],
	[/^audit_sync_/, 'Audit Sync'],
	[/^agent_removed_approval_request|^approval_request_/, 'Approval Request'],
	[/^(?:register_)?agent(?:_|$)/, 'Agent'],
	[/^app_client_/, 'Application Client'],
	[/^(?:app_|ksm_app_)/, 'Application'],
	[/^bridge_/, 'Bridge'],
	[/^collection_/, 'Collection'],
	[/^compliance_report_|^unsaved_compliance_report_/, 'Compliance Report'],
	[/^saved_criteria_/, 'Report Criteria'],
	[/^deployment_/, 'Deployment'],
	[/^device_/, 'Device'],
	[/^email_provisioning_/, 'Email Provisioning'],
	[/^(?:enterprise_|out_of_seats|payment_method_)/, 'Enterprise'],
	[/^gradient_/, 'Gradient Connection'],
	[/^node_/, 'Node'],
	[/^pam_configuration_/, 'PAM Configuration'],
	[/^pam_gateway_/, 'Gateway'],
	[/^record_rotation_/, 'Record Rotation'],
	[/^record_type_/, 'Record Type'],
	[/^report_/, 'Report'],
	[/^role_/, 'Role'],
	[/^scim_/, 'SCIM Provisioning'],
	[/^set_custom_/, 'Branding'],
	[/^ssh_agent_/, 'SSH Agent'],
	[/^sso_/, 'SSO Connection'],
	[/_public_api_token/, 'API Token'],
	[/^vault_/, 'Vault'],
];

/** What an event is about by its code, or `otherwise`. */
export function entityOf(code: string, otherwise: string): string {
	return ENTITIES.find(([start]) => start.test(code))?.[1] ?? otherwise;
}
