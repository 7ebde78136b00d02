import type { INodeParameters } from 'n8n-workflow';

import { named, type Workbench } from './workbench.mts';

/** What an operation is given, so that there is something to do. */
export interface Situation {
	required: INodeParameters;
	additional?: INodeParameters;
	/** What Commander must have been told for the additional fields; in words as the shell split them. */
	told?: string[];
}

const ben = 'ben@northfield.example';

/** A token that was made elsewhere, before the test. */
export function oldToken({ sandbox, keeper }: Workbench, name: string): string {
	const token = `token-of-${name.replace(/\W/g, '-')}`;
	sandbox.company.tokens.push({ name, token, issued: 1, integrations: ['SIEM:1'] });
	keeper.service.tokens.add(token);
	return token;
}

/** Every row of the table. */
export const SITUATIONS: Record<string, (bench: Workbench) => Situation> = {
	'apiToken.finishRotation': (bench) => {
		oldToken(bench, 'siem');
		return {
			required: {
				newTokenName: 'siem 20261126T101500Z',
				newToken: oldToken(bench, 'siem 20261126T101500Z'),
				oldTokenNames: 'siem',
				region: 'custom',
				baseUrl: bench.keeper.url,
			},
		};
	},
	'apiToken.generate': () => ({
		required: { tokenName: 'n8n', integrations: ['SIEM:1', 'CSPM:2'], expires: '7d' },
	}),
	'apiToken.getAll': (bench) => {
		oldToken(bench, 'siem');
		return { required: {} };
	},
	'apiToken.revoke': (bench) => {
		oldToken(bench, 'siem');
		return { required: { token: named('siem') } };
	},
	'apiToken.startRotation': (bench) => ({
		required: {
			rotationName: 'siem',
			expires: '30d',
			region: 'custom',
			baseUrl: bench.keeper.url,
		},
	}),
	'command.run': () => ({
		required: { command: 'whoami --format=json' },
		additional: { fileData: '{ "users": [] }' },
		told: [],
	}),
	'node.create': () => ({ required: { parent: named('Sales'), nodeName: 'East' } }),
	'node.delete': ({ sandbox }) => {
		const [{ id: parentId }] = sandbox.company.nodes;
		sandbox.company.nodes.push({ id: 77, name: 'Empty', parentId });
		return { required: { targetNode: named('Empty') } };
	},
	'node.getAll': () => ({
		required: {},
		additional: { nodeColumns: ['isolated', 'users'], search: 'sal' },
		told: ['--columns=isolated,users', 'sal'],
	}),
	'report.action': () => ({
		required: { actionTarget: 'locked' },
		additional: { days: 90 },
		told: ['--days-since=90'],
	}),
	'report.audit': () => ({
		required: {},
		additional: {
			order: 'asc',
			from: '2026-11-01T00:00:00Z',
			to: '2026-11-02T00:00:00Z',
			eventType: 'login_failure',
			username: ben,
		},
		told: [
			'--order=asc',
			`--created=between ${Date.UTC(2026, 10, 1) / 1000} and ${Date.UTC(2026, 10, 2) / 1000}`,
			'--event-type=login_failure',
			`--username=${ben}`,
		],
	}),
	'report.compliance': () => ({
		required: { complianceReport: 'summary-report' },
		additional: { rebuild: true, node: named('Sales') },
		told: ['--rebuild', '--node=Sales'],
	}),
	'report.securityAudit': () => ({
		required: {},
		additional: { breachWatch: true, recordDetails: true },
		told: ['--breachwatch', '--record-details'],
	}),
	'report.share': () => ({
		required: {},
		additional: { byRecord: true, byFolder: true, sharedWith: ben },
		told: ['--owner', '-f', `--email=${ben}`],
	}),
	'role.create': () => ({
		required: { roleName: 'Night Shift' },
		additional: { node: named('Sales'), newUsers: 'on' },
		told: ['--node=Sales', '--new-user=on'],
	}),
	'role.delete': () => ({ required: { role: named('Auditor') } }),
	'role.getAll': () => ({
		required: {},
		additional: { node: named('Northfield'), roleColumns: ['users'], search: 'aud' },
		told: ['--node=Northfield', '--columns=users', 'aud'],
	}),
	'team.create': () => ({
		required: { teamName: 'Night Shift' },
		additional: {
			node: named('Sales'),
			restrictEdit: 'on',
			restrictShare: 'on',
			restrictView: 'off',
		},
		told: ['--node=Sales', '--restrict-edit=on', '--restrict-share=on', '--restrict-view=off'],
	}),
	'team.delete': () => ({ required: { team: named('Field Sales') } }),
	'team.getAll': () => ({
		required: {},
		additional: { node: named('Sales'), teamColumns: ['users'], search: 'field' },
		told: ['--node=Sales', '--columns=users', 'field'],
	}),
	'user.addToRole': () => ({ required: { role: named('Auditor'), email: ben } }),
	'user.addToTeam': () => ({ required: { team: named('Platform'), email: ben } }),
	'user.delete': () => ({ required: { email: ben } }),
	'user.getAll': () => ({
		required: {},
		additional: { node: named('Northfield'), userColumns: ['job_title', 'roles'], search: 'ben' },
		told: ['--node=Northfield', '--columns=job_title,roles', 'ben'],
	}),
	'user.invite': () => ({
		required: { email: 'zoe@northfield.example' },
		additional: { fullName: "Zoe O'Neil", jobTitle: 'Clerk', node: named('Sales') },
		told: ["--name=Zoe O'Neil", '--job-title=Clerk', '--node=Sales'],
	}),
	'user.lock': () => ({ required: { email: ben } }),
	'user.removeFromRole': () => ({ required: { role: named('Employee'), email: ben } }),
	'user.removeFromTeam': () => ({ required: { team: named('Field Sales'), email: ben } }),
	'user.transferAccount': () => ({
		required: { email: ben, targetEmail: 'ada@northfield.example' },
	}),
	'user.unlock': () => ({ required: { email: 'dan@northfield.example' } }),
};
