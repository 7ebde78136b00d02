import {
	EVENT_CATALOGUE,
	eventLabel,
} from '../../../nodes/KeeperAdminEvents/catalogue/event-catalogue';
import { EVENT_GROUPS } from '../../../nodes/KeeperAdminEvents/catalogue/event-groups';
import { EVENT_CODES } from '../../../sandbox/keeper-events/event-codes.mts';

describe('the event catalogue', () => {
	it('lists the 319 known codes, each once and in its group', () => {
		const listed = EVENT_GROUPS.map(({ category, codes }) => [
			category,
			Object.values(codes)
				.flatMap((list) => list.split(' '))
				.sort(),
		]);
		const known = EVENT_CODES.map(({ category, codes }) => [
			category,
			codes.trim().split(/\s+/).sort(),
		]);
		expect(listed).toEqual(known);
		expect(EVENT_CATALOGUE.size).toBe(319);
	});

	it('marks the categories that no documentation confirms', () => {
		const ours = EVENT_GROUPS.filter(({ documented }) => !documented).map(
			({ category }) => category,
		);
		expect(ours).toEqual(EVENT_CODES.filter((group) => group.ours).map(({ category }) => category));
	});

	it('gives every code a label of its own that reads as words', () => {
		const labels = [...EVENT_CATALOGUE.values()].map(({ label }) => label);
		expect(new Set(labels).size).toBe(319);
		for (const label of labels) expect(label).toMatch(/^[A-Z0-9][\w:]*( [A-Z0-9][\w:]*)*$/);
		expect(eventLabel('set_two_factor_on')).toBe('Set Two Factor On');
		expect(eventLabel('sso_activated')).toBe('SSO Activated');
		expect(eventLabel('sb_create_alerts')).toBe('Security Benchmark: Create Alerts');
	});

	it('holds what should wake somebody for risky, and everyday work not', () => {
		const risky = (code: string) => EVENT_CATALOGUE.get(code)?.risky;
		const alerting = [
			'set_two_factor_off',
			'change_master_password',
			'vault_transferred',
			'exported_records',
			'audit_sync_removed',
			'create_public_api_token_in_days',
			'bw_record_high_risk',
		];
		expect(alerting.filter((code) => !risky(code))).toEqual([]);
		const everyday = [
			'login',
			'open_record',
			'copy_password',
			'record_update',
			'share',
			'create_user',
		];
		expect(everyday.filter(risky)).toEqual([]);
	});
});
