import type { Resource, Row } from './row';
import { account } from './admin/account';
import { arch } from './distribution/arch';
import { artifact } from './distribution/artifact';
import { channel } from './distribution/channel';
import { component } from './licensing/component';
import { engine } from './distribution/engine';
import { entitlement } from './licensing/entitlement';
import { environment } from './admin/environment';
import { eventLog } from './admin/event-log';
import { group } from './admin/group';
import { key } from './licensing/key';
import { license } from './licensing/license';
import { licenseFile } from './licensing/license-file';
import { machine } from './licensing/machine';
import { machineFile } from './licensing/machine-file';
import { packages } from './distribution/package';
import { password } from './admin/password';
import { platform } from './distribution/platform';
import { policy } from './licensing/policy';
import { process } from './licensing/process';
import { product } from './admin/product';
import { profile } from './licensing/profile';
import { release } from './distribution/release';
import { requestLog } from './admin/request-log';
import { search } from './admin/search';
import { secondFactor } from './admin/second-factor';
import { setting } from './admin/setting';
import { subscription } from './admin/subscription';
import { token } from './admin/token';
import { user } from './licensing/user';
import { webhookEndpoint } from './admin/webhook-endpoint';
import { webhookEvent } from './admin/webhook-event';

/** The whole API, by the values of 'Resource' and 'Operation'. */
export const TABLE: Readonly<Record<string, Resource>> = {
	account,
	artifact,
	component,
	package: packages,
	engine,
	platform,
	arch,
	channel,
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

export interface Place<OfRow extends Row = Row> {
	resourceName: string;
	resource: Resource;
	operation: string;
	row: OfRow;
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
