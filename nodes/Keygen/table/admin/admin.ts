import type { Resource } from '../row';
import { account } from './account';
import { environment } from './environment';
import { eventLog } from './logs/event-log';
import { group } from './group';
import { product } from './product';
import { profile } from './profile';
import { requestLog } from './logs/request-log';
import { search } from './search';
import { secondFactor } from './second-factor';
import { setting } from './setting';
import { subscription } from './subscription';
import { token } from './token';
import { webhookEndpoint } from './webhook-endpoint';
import { webhookEvent } from './webhook-event';

/** What sets an account up and watches it. The panel lists resources in this order. */
export const admin: Readonly<Record<string, Resource>> = {
	product,
	token,
	group,
	webhookEndpoint,
	webhookEvent,
	search,
	eventLog,
	requestLog,
	environment,
	account,
	setting,
	// Beside Token, as it says whom a token stands for.
	profile,
	secondFactor,
	subscription,
};
