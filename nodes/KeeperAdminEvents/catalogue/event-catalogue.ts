import { capital } from '../../shared/words';
import { EVENT_GROUPS, type EventGroup } from './event-groups';
import { EVENT_KINDS, type EventKind, type EventKindName } from './event-kinds';

/** What is known of one event code. */
export interface CataloguedEvent {
	code: string;
	/** The code as words. */
	label: string;
	group: EventGroup;
	kind: EventKind;
	outcome: 'success' | 'failure';
	/** Worth waking somebody for; our choice, the service publishes no severity. */
	risky: boolean;
	severity: Severity;
}

export type Severity = 'informational' | 'low' | 'medium' | 'high' | 'critical';

const FAILURES = words(`
	login_failure login_failed_console login_failed_ip_whitelist chat_login_failed
	two_factor_code_invalid app_client_access_denied agent_authentication_failed
	deployment_authentication_failed record_rotation_on_demand_fail record_rotation_scheduled_fail
	scim_access_failure gradient_sync_fail audit_sync_failed reauthentication_reprompt_throttle
`);

const RISKY = words(`
	account_recovery change_master_password set_alternate_master_password admin_permission_added
	added_admin_key role_enforcement_changed role_managed_node_added vault_transferred
	set_two_factor_off enterprise_2fa_disabled_by_admin two_factor_disabled_by_support
	delete_security_key set_2fa_configuration login_failed_console login_failed_ip_whitelist
	reauthentication_reprompt_throttle app_client_access_denied agent_authentication_failed
	deployment_authentication_failed scim_access_failure exported_records
	record_share_outside_user folder_add_outside_user ext_share_added empty_trash
	unsaved_compliance_report_exported bw_record_high_risk
	keeper_ai_critical_risk_level_detected keeper_ai_high_risk_level_detected
	keeper_ai_session_locked_by_ai_critical keeper_ai_session_locked_by_ai_high
	keeper_ai_recording_disabled keeper_ai_session_terminate_disabled
	keeper_ai_pam_configuration_feature_disabled create_public_api_token_in_days
	audit_alert_deleted audit_alert_paused audit_sync_removed audit_sync_paused audit_sync_failed
	sso_deleted sso_updated scim_deleted enterprise_deleted msp_deletes_mc
	pam_session_recording_downloaded
`);

const SEVERITIES: Record<string, Severity> = {
	keeper_ai_critical_risk_level_detected: 'critical',
	keeper_ai_session_locked_by_ai_critical: 'critical',
	keeper_ai_high_risk_level_detected: 'high',
	keeper_ai_session_locked_by_ai_high: 'high',
	bw_record_high_risk: 'high',
	keeper_ai_medium_risk_level_detected: 'medium',
	keeper_ai_session_locked_by_ai_medium: 'medium',
	reused_password: 'low',
};

/** How words of the codes are written; all others get a capital. */
const SPELLINGS: Record<string, string> = {
	'2fa': '2FA',
	ai: 'AI',
	api: 'API',
	bw: 'BreachWatch',
	ip: 'IP',
	kcm: 'KCM',
	ksm: 'KSM',
	mc: 'Managed Company',
	msp: 'MSP',
	ok: 'OK',
	pam: 'PAM',
	rbi: 'RBI',
	sb: 'Security Benchmark:',
	scim: 'SCIM',
	ssh: 'SSH',
	sso: 'SSO',
};

/** All known events by code. An event that is not in here is no error: the service gains new ones. */
export const EVENT_CATALOGUE: ReadonlyMap<string, CataloguedEvent> = new Map(
	EVENT_GROUPS.flatMap((group) =>
		Object.entries(group.codes).flatMap(([name, codes]) =>
			[...words(codes)].map((code) => [code, describe(code, group, name as EventKindName)]),
		),
	) as Array<[string, CataloguedEvent]>,
);

/** The code as words: `set_two_factor_on` becomes `Set Two Factor On`. */
export function eventLabel(code: string): string {
	const spell = (word: string) => SPELLINGS[word] ?? capital(word);
	return code.split('_').filter(Boolean).map(spell).join(' ');
}

function describe(code: string, group: EventGroup, kind: EventKindName): CataloguedEvent {
	const risky = RISKY.has(code);
	const failed = FAILURES.has(code);
	return {
		code,
		label: eventLabel(code),
		group,
		kind: EVENT_KINDS[kind],
		outcome: failed ? 'failure' : 'success',
		risky,
		severity: SEVERITIES[code] ?? (risky ? 'medium' : failed ? 'low' : 'informational'),
	};
}

function words(text: string): Set<string> {
	return new Set(text.trim().split(/\s+/));
}
