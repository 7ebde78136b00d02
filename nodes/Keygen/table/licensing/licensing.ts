import type { Resource } from '../row';
import { component } from './component';
import { entitlement } from './entitlement';
import { key } from './key';
import { license } from './license';
import { licenseFile } from './license-file';
import { machine } from './machine';
import { machineFile } from './machine-file';
import { password } from './password';
import { policy } from './policy';
import { process } from './process';
import { user } from './user';

/** What sales and support work with. The panel lists resources in this order: most used first. */
export const licensing: Readonly<Record<string, Resource>> = {
	license,
	machine,
	user,
	policy,
	entitlement,
	// Beside User, as it is support that resets a customer's password.
	password,
	licenseFile,
	machineFile,
	key,
	component,
	process,
};
