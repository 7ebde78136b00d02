import type { Command } from './command.mts';
import { enterpriseInfo } from './enterprise-info.mts';
import { enterpriseNode } from './enterprise-node.mts';
import { enterpriseRole } from './enterprise-role.mts';
import { enterpriseTeam } from './enterprise-team.mts';
import { enterpriseUser } from './enterprise-user.mts';
import { GENERAL } from './general.mts';
import { publicApiKey } from './public-api-key.mts';
import { REPORTS } from './reports.mts';
import { transferUser } from './transfer-user.mts';

export const COMMANDS: Readonly<Record<string, Command | undefined>> = {
	'enterprise-info': enterpriseInfo,
	'enterprise-node': enterpriseNode,
	'enterprise-role': enterpriseRole,
	'enterprise-team': enterpriseTeam,
	'enterprise-user': enterpriseUser,
	'public-api-key': publicApiKey,
	'transfer-user': transferUser,
	...GENERAL,
	...REPORTS,
};
