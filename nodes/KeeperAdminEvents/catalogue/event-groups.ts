import type { EventKindName } from './event-kinds';

/** A family of events, its codes filed by what sort of act they report. */
export interface EventGroup {
	/** The value of the events' `category` field, or our own name for the group. */
	category: string;
	label: string;
	/** The category is documented; otherwise it is a name of ours that no event may carry. */
	documented: boolean;
	/** What its events are about, where the event itself does not say. */
	entity: string;
	codes: Partial<Record<EventKindName, string>>;
}

/**
 * The 316 event codes that Keeper Commander knows (constants.py, AUDIT_EVENT_STATE_MAPPING), and
 * three more that Datadog's public pipeline for Keeper names: revealed_password,
 * revealed_hidden_field, record_move.
 * The kinds are our reading of the codes; the service publishes none.
 */
export const EVENT_GROUPS: EventGroup[] = [
	{
		category: 'account',
		label: 'Account',
		documented: true,
		entity: 'Account',
		codes: {
			passwordReset: 'account_recovery',
			userChange: 'alias_added change_email change_security_question set_biometric_access',
			passwordChange: 'change_master_password set_alternate_master_password',
			factorOn: 'device_user_passkey_add',
			factorOff: 'device_user_passkey_remove',
		},
	},
	{
		category: 'admin_permission',
		label: 'Admin Permission',
		documented: true,
		entity: 'Permission',
		codes: { grant: 'admin_permission_added', revoke: 'admin_permission_removed' },
	},
	{
		category: 'breachwatch',
		label: 'BreachWatch',
		documented: true,
		entity: 'Record',
		codes: {
			weakness: 'bw_record_high_risk',
			weaknessIgnored: 'bw_record_ignored',
			weaknessResolved: 'bw_record_resolved',
		},
	},
	{
		category: 'chat',
		label: 'Chat',
		documented: true,
		entity: 'Message',
		codes: {
			logon: 'chat_login chat_login_failed',
			messageCreate: 'chat_contact_added chat_message_sent',
			messageRead: 'chat_message_received',
			messageDelete: 'chat_message_destruct',
			fileUpload: 'chat_file_attached',
		},
	},
	{
		category: 'compliance_report',
		label: 'Compliance Report',
		documented: true,
		entity: 'Compliance Report',
		codes: {
			resourceExport:
				'compliance_report_downloaded compliance_report_exported unsaved_compliance_report_exported',
			resourceRead: 'compliance_report_run',
			resourceCreate: 'compliance_report_saved',
			resourceDelete: 'compliance_report_deleted',
			entityCreate: 'saved_criteria_saved',
			entityUpdate: 'saved_criteria_edited',
			entityDelete: 'saved_criteria_deleted',
		},
	},
	{
		category: 'endpoint_privilege_manager',
		label: 'Endpoint Privilege Manager',
		documented: true,
		entity: 'Endpoint Privilege Manager',
		codes: {
			logon: 'agent_authentication_failed deployment_authentication_failed',
			entityEnroll: 'register_agent',
			entityUnenroll: 'agent_removed agent_unregistered',
			entityCreate:
				'agent_created_collection approval_request_created collection_created ' +
				'deployment_created policy_created',
			entityUpdate:
				'agent_added_collection_link agent_added_to_collection agent_removed_from_collection ' +
				'agent_updated approval_request_status_changed collection_link_added ' +
				'collection_link_removed collection_updated deployment_updated policy_updated',
			entityDelete: 'approval_request_removed collection_removed deployment_removed policy_removed',
		},
	},
	{
		category: 'keeper_ai',
		label: 'KeeperAI',
		documented: false,
		entity: 'Session',
		codes: {
			threat:
				'keeper_ai_critical_risk_level_detected keeper_ai_high_risk_level_detected ' +
				'keeper_ai_medium_risk_level_detected keeper_ai_session_locked_by_ai_critical ' +
				'keeper_ai_session_locked_by_ai_high keeper_ai_session_locked_by_ai_medium',
			threatResolved: 'keeper_ai_session_unlocked_by_user',
			entityEnable:
				'keeper_ai_pam_configuration_feature_enabled keeper_ai_recording_enabled ' +
				'keeper_ai_session_terminate_enabled',
			entityDisable:
				'keeper_ai_pam_configuration_feature_disabled keeper_ai_recording_disabled ' +
				'keeper_ai_session_terminate_disabled',
			recordRead: 'pam_session_recording_downloaded',
		},
	},
	{
		category: 'ksm',
		label: 'Secrets Manager',
		documented: true,
		entity: 'Secrets Manager',
		codes: {
			recordRead: 'app_client_access app_client_access_denied',
			recordCreate: 'app_client_folder_create app_client_record_create',
			recordUpdate:
				'app_client_folder_remove_record app_client_folder_update app_client_record_update ' +
				'record_rotation_on_demand_fail record_rotation_on_demand_ok ' +
				'record_rotation_scheduled_fail record_rotation_scheduled_ok',
			recordDelete: 'app_client_folder_delete app_client_record_delete',
			resourceShare: 'app_folder_shared app_record_shared',
			resourceUnshare: 'app_folder_removed app_record_removed',
			resourceShareChange: 'app_folder_share_changed app_record_share_changed',
			entityEnroll: 'app_client_added pam_gateway_created',
			entityUnenroll: 'app_client_removed pam_gateway_removed',
			entityStart: 'app_client_connected',
			entityStop: 'app_client_expired',
			serviceStart: 'pam_gateway_online',
			serviceStop: 'pam_gateway_offline',
			entityCreate: 'pam_configuration_created record_rotation_created',
			entityUpdate: 'pam_configuration_updated record_rotation_updated',
			entityDelete: 'pam_configuration_deleted',
			entityDisable: 'record_rotation_disabled',
		},
	},
	{
		category: 'login',
		label: 'Login',
		documented: false,
		entity: 'Account',
		codes: { logon: 'login login_console login_failure' },
	},
	{
		category: 'msp',
		label: 'Managed Service Provider',
		documented: false,
		entity: 'Enterprise',
		codes: {
			entityCreate: 'enterprise_created gradient_connection_setup msp_creates_mc',
			entityUpdate:
				'enterprise_file_plan_changed gradient_mappings_setup gradient_sync_fail ' +
				'msp_changes_mc_plan msp_changes_mc_seats',
			entityDelete: 'enterprise_deleted gradient_connection_remove msp_deletes_mc',
			entityRename: 'msp_renames_mc',
			entityEnroll: 'msp_attaches_mc',
			entityUnenroll: 'msp_removes_mc',
			entityEnable: 'enterprise_addon_added msp_activated',
			entityDisable: 'enterprise_addon_removed msp_deactivated',
			entitySuspend: 'msp_pauses_mc',
			entityResume: 'msp_resumes_mc',
		},
	},
	{
		category: 'policy',
		label: 'Policy',
		documented: false,
		entity: 'Policy',
		codes: {
			groupCreate: 'team_created team_provisioned_by_scim',
			groupDelete: 'team_deleted',
			roleCreate: 'role_created',
			roleDelete: 'role_deleted',
			roleChange:
				'role_enforcement_changed role_managed_node_added role_managed_node_removed ' +
				'role_managed_node_updated',
			entityCreate:
				'audit_alert_created audit_sync_setup create_public_api_token_in_days node_created ' +
				'record_type_created report_created',
			entityUpdate:
				'bridge_updated record_type_updated report_modified scim_updated ' +
				'set_2fa_configuration set_custom_email_content set_custom_email_logo ' +
				'set_custom_header_logo sso_updated',
			entityDelete:
				'agent_removed_approval_request audit_alert_deleted audit_sync_removed bridge_deleted ' +
				'email_provisioning_deleted node_deleted record_type_deleted report_deleted ' +
				'revoke_public_api_token scim_deleted sso_deleted',
			entityEnable:
				'bridge_activated email_provisioning_activated scim_activated ssh_agent_approved ' +
				'sso_activated',
			serviceStart: 'ssh_agent_started',
			serviceStop: 'ssh_agent_stopped',
			entitySuspend: 'audit_alert_paused',
			entityResume: 'audit_alert_resumed',
			notice: 'out_of_seats',
		},
	},
	{
		category: 'security',
		label: 'Security',
		documented: false,
		entity: 'Device',
		codes: {
			logon:
				'login_failed_console login_failed_ip_whitelist scim_access_failure ' +
				'two_factor_code_invalid',
			logoff: 'device_admin_loggedout device_user_loggedout',
			reauthenticate:
				'device_admin_approval_requested device_user_approval_requested ' +
				'reauthentication_reprompt_success reauthentication_reprompt_throttle',
			userCreate: 'auto_invite_user create_user',
			userEnable: 'accept_invitation enable_user',
			userDelete: 'delete_pending_user delete_user',
			userLock: 'device_admin_account_locked lock_user',
			userUnlock: 'device_admin_account_unlocked',
			userChange:
				'accept_transfer account_recovery_decline account_recovery_setup clear_security_data ' +
				'decline_invitation send_invitation',
			passwordReset: 'expire_password',
			factorOn: 'add_security_key set_two_factor_on',
			factorOff:
				'delete_security_key enterprise_2fa_disabled_by_admin set_two_factor_off ' +
				'two_factor_disabled_by_support',
			grant: 'added_admin_key',
			vaultMove: 'vault_transferred',
			roleGrant: 'added_to_role pending_added_to_role',
			roleRevoke: 'pending_removed_from_role removed_from_role',
			groupGrant: 'role_team_add',
			groupRevoke: 'role_team_remove',
			entityEnroll: 'device_approved device_approved_by_admin',
			entityUnenroll: 'device_admin_removed device_user_removed',
			entitySuspend: 'device_admin_locked device_user_locked',
			entityResume: 'device_admin_unlocked device_user_unlocked',
			entityEnable: 'device_user_unblocked',
			entityDisable: 'device_user_blocked',
			entityRename: 'device_user_renamed',
			entityUpdate:
				'device_user_linked device_user_unlinked enterprise_product_changed ' +
				'enterprise_to_consumption_billing payment_method_updated',
		},
	},
	{
		category: 'security_benchmark',
		label: 'Security Benchmark',
		documented: false,
		entity: 'Security Benchmark',
		codes: {
			benchmark:
				'sb_configure_ip_allowlisting sb_create_alerts ' +
				'sb_create_at_least_two_keeper_administrators sb_deploy_across_entire_organization ' +
				'sb_disable_account_recovery sb_disable_browser_password_managers ' +
				'sb_enable_account_transfer_policy sb_enforce_least_privilege_policy ' +
				'sb_enforce_strong_master_password sb_ensure_outside_sso_administrator_exists ' +
				'sb_ensure_two_factor_authentication_admin_users ' +
				'sb_ensure_two_factor_authentication_for_end_users sb_lock_down_sso_provider ' +
				'sb_prevent_installation_of_untrusted_extensions sb_reduce_administrator_privilege',
		},
	},
	{
		category: 'share',
		label: 'Share',
		documented: true,
		entity: 'Folder',
		codes: {
			share: 'accept_share folder_add_outside_user folder_add_user record_share_outside_user share',
			unshare: 'cancel_share folder_remove_user remove_share',
			shareChange: 'change_share folder_change_user transfer_owner',
			teamShare: 'folder_add_team',
			teamUnshare: 'folder_remove_team',
			teamShareChange: 'folder_change_team',
			groupAddUser: 'added_to_team',
			groupRemoveUser: 'removed_from_team',
			resourceShare: 'ext_share_added',
			resourceRead: 'ext_share_access ext_share_connected',
			resourceUnshare: 'ext_share_expired ext_share_removed',
			recordCreate: 'added_shared_folder',
			recordUpdate:
				'folder_add_record folder_change_record folder_remove_record ' +
				'shared_folder_folder_record_restored shared_folder_folder_restored ' +
				'shared_folder_record_restored shared_folder_restored',
			recordDelete: 'deleted_shared_folder',
		},
	},
	{
		category: 'usage',
		label: 'Usage',
		documented: true,
		entity: 'Record',
		codes: {
			recordCreate: 'added_folder added_identity added_payment_card duplicate_record record_add',
			recordRead: 'copy_password fast_fill open_record revealed_hidden_field revealed_password',
			recordUpdate:
				'changed_identity changed_payment_card record_move record_password_change ' +
				'record_restored record_update revision_restored',
			recordDelete: 'deleted_folder empty_trash record_delete',
			resourceExport: 'exported_records',
			resourceImport: 'imported_records',
			fileUpload: 'file_attachment_uploaded',
			fileDownload: 'file_attachment_downloaded file_attachment_exported',
			fileDelete: 'file_attachment_deleted',
			filePreview: 'file_attachment_viewed',
			weakness: 'reused_password',
			entitySuspend: 'audit_sync_paused',
			entityResume: 'audit_sync_restored audit_sync_resumed',
			threat: 'audit_alert_sent',
			notice: 'audit_sync_failed',
		},
	},
	{
		category: 'pam_session',
		label: 'PAM Session',
		documented: false,
		entity: 'Session',
		codes: {
			sessionStart: 'pam_kcm_connection_started pam_rbi_started pam_tunnel_started',
			sessionEnd:
				'pam_kcm_connection_stopped pam_kcm_connection_terminated pam_rbi_stopped ' +
				'pam_rbi_terminated pam_tunnel_stopped pam_tunnel_terminated',
			sessionRecord:
				'pam_session_rbi_recording_started pam_session_rbi_recording_stopped ' +
				'pam_session_recording_started pam_session_recording_stopped',
			scanStart: 'discovery_job_started',
			scanEnd: 'discovery_job_completed',
			share: 'ksm_app_shared',
		},
	},
];
