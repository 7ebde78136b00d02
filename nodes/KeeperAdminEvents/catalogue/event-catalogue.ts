import { capital } from '../../shared/words';
import { entityOf } from './event-entities';
import { EVENT_GROUPS, type EventGroup } from './event-groups';
import { EVENT_KINDS, type EventKind, type EventKindName } from './event-kinds';

/** What is known of one event code. */
export interface CataloguedEvent {
	code: string;
	/** The code as words. */
	label: string;
	group: EventGroup;
	kind: EventKind;
	kindName: EventKindName;
	/** What it is about, where the event names nothing itself. */
	entity: string;
	outcome: 'success' | 'failure';
	/** It happens to somebody other than who acts, even where the event does not say to whom. */
	happensToOthers: boolean;
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

/** What administrators and the service do to somebody's account. Grants and shares: see describe. */
const DONE_TO_OTHERS = words(`
	auto_invite_user delete_pending_user delete_user device_admin_account_locked
	device_admin_account_unlocked device_admin_loggedout enable_user
	enterprise_2fa_disabled_by_admin expire_password lock_user send_invitation
	two_factor_disabled_by_support
`);

/** Shares that whoever acts receives. */
const DONE_TO_ONESELF = words('accept_share');

const SEVERITIES: Record<string, Severity> = {
	keeper_ai_critical_risk_level_detected: 'critical',
	keeper_ai_session_locked_by_ai_critical: 'critical',
	keeper_ai_high_risk_level_detected: 'high',
	keeper_ai_session_locked_by_ai_high: 'high',
	bw_record_high_risk: 'high',
	audit_alert_sent: 'medium',
	keeper_ai_medium_risk_level_detected: 'medium',
	keeper_ai_session_locked_by_ai_medium: 'medium',
	// OCSF: "The user decides if action is needed."
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

/** What is known of a code, however its letters are written. */
export function catalogued(code: string): CataloguedEvent | undefined {
	return EVENT_CATALOGUE.get(code) ?? EVENT_CATALOGUE.get(code.trim().toLowerCase());
}

/** The code as words: `set_two_factor_on` becomes `Set Two Factor On`. */
export function eventLabel(code: string): string {
	const spell = (word: string) => SPELLINGS[word] ?? capital(word);
	return code.split('_').filter(Boolean).map(spell).join(' ');
}

function describe(code: string, group: EventGroup, kindName: EventKindName): CataloguedEvent {
	const kind = EVENT_KINDS[kindName];
	const isGrant = kind.ocsf.class === 3005;
	const risky = RISKY.has(code);
	const failed = FAILURES.has(code);
	return {
		code,
		label: eventLabel(code),
		group,
		kind,
		kindName,
		entity: entityOf(code, group.entity),
		happensToOthers: DONE_TO_OTHERS.has(code) || (isGrant && !DONE_TO_ONESELF.has(code)),
		outcome: failed ? 'failure' : 'success',
		risky,
		severity: SEVERITIES[code] ?? (risky ? 'medium' : failed ? 'low' : 'informational'),
	};
}

function words(text: string): Set<string> {
	return new Set(text.trim().split(/\s+/));
}
