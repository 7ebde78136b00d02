import { line, type Resource } from '../row';

export const report: Resource = {
	name: 'Report',
	operations: {
		action: {
			name: 'Action',
			action: 'Run action report',
			description: 'List users who may need attention, such as those who have not signed in lately',
			reads: line('action-report --format=json --target={actionTarget} [--days-since={days}]'),
		},
		audit: {
			name: 'Audit',
			action: 'Run audit report',
			description: 'List audit events, one item each',
			reads: line(
				'audit-report --format=json --report-type=raw --report-format=fields --limit={limit} [--order={order}] [--created={created}] [--event-type={eventType}] [--username={username}]',
			),
		},
		compliance: {
			name: 'Compliance',
			action: 'Run compliance report',
			description: 'Report who can see which records; needs the compliance add-on',
			reads: line(
				'compliance {complianceReport} --format=json [{rebuild}? --rebuild] [--node={node}]',
			),
		},
		securityAudit: {
			name: 'Security Audit',
			action: 'Run security audit report',
			description: "Count each user's weak, reused and breached passwords",
			reads: line(
				'security-audit-report --format=json [{breachWatch}? --breachwatch] [{recordDetails}? --record-details]',
			),
		},
		share: {
			name: 'Share',
			action: 'Run share report',
			description: 'Report what the account that runs Commander shares, and with whom',
			reads: line(
				'share-report --format=json [{byRecord}? --owner] [{byFolder}? -f] [--email={sharedWith}]',
			),
		},
	},
};
