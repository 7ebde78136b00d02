import type { Resource, Row } from '../row';
import { account, setting, subscription } from './account';
import { artifact } from './artifact';
import { licenseFile, machineFile } from './checked-out-files';
import { distribution } from './distribution';
import { entitlement } from './entitlement';
import { environment } from './environment';
import { group } from './group';
import { key } from './key';
import { license } from './license';
import { eventLog, requestLog } from './logs';
import { machine } from './machine';
import { component, process } from './parts-of-machines';
import { policy } from './policy';
import { product } from './product';
import { release } from './release';
import { search } from './search';
import { password, profile, secondFactor } from './sign-in';
import { token } from './token';
import { user } from './user';
import { webhookEndpoint, webhookEvent } from './webhooks';

/** The whole API, by the values of 'Resource' and 'Operation'. */
export const TABLE: Readonly<Record<string, Resource>> = {
	account,
	artifact,
	component,
	...distribution,
	entitlement,
	environment,
	eventLog,
	group,
	key,
	license,
	licenseFile,
	machine,
	machineFile,
	password,
	policy,
	process,
	product,
	profile,
	release,
	requestLog,
	search,
	secondFactor,
	setting,
	subscription,
	token,
	user,
	webhookEndpoint,
	webhookEvent,
};

export interface Place {
	resourceName: string;
	resource: Resource;
	operation: string;
	row: Row;
}

/** All rows, with where they stand. */
export function allRows(): Place[] {
	return Object.entries(TABLE).flatMap(([resourceName, resource]) =>
		Object.entries(resource.operations).map(([operation, row]) => ({
			resourceName,
			resource,
			operation,
			row,
		})),
	);
}
