import type { INodePropertyOptions } from 'n8n-workflow';

/** Suffixes of the events of each kind of record. */
const EVENTS: Readonly<Record<string, string>> = {
	account:
		'billing.updated plan.updated settings.created settings.deleted settings.updated subscription.canceled subscription.paused subscription.renewed subscription.resumed updated',
	artifact:
		'created deleted downloaded updated upload.failed upload.processing upload.succeeded uploaded',
	component: 'created deleted updated',
	entitlement: 'created deleted updated',
	environment: 'created deleted updated',
	group: 'created deleted updated',
	key: 'created deleted updated',
	license:
		'check-in-overdue check-in-required-soon checked-in checked-out created deleted entitlements.attached entitlements.detached expired expiring-soon group.updated owner.updated policy.updated reinstated renewed revoked suspended updated usage.decremented usage.incremented usage.reset user.updated users.attached users.detached validated validation.failed validation.succeeded',
	machine:
		'checked-out created deleted group.updated heartbeat.dead heartbeat.ping heartbeat.pong heartbeat.reset heartbeat.resurrected owner.updated proofs.generated updated',
	package: 'created deleted updated',
	policy: 'created deleted entitlements.attached entitlements.detached pool.popped updated',
	process: 'created deleted heartbeat.dead heartbeat.ping heartbeat.pong',
	product: 'created deleted updated',
	release:
		'constraints.attached constraints.detached created deleted downloaded package.updated published replaced updated upgraded uploaded yanked',
	'second-factor': 'created deleted disabled enabled',
	token: 'generated regenerated revoked',
	user: 'banned created deleted group.updated password-reset unbanned updated',
};

/** The records that events are about, as the names of events begin. */
export const RECORDS_OF_EVENTS: readonly string[] = Object.keys(EVENTS);

/** The events that a server of version 1.7.0 knows by name (its seed data). */
export const EVENT_NAMES: readonly string[] = Object.entries(EVENTS).flatMap(([record, suffixes]) =>
	suffixes.split(' ').map((suffix) => `${record}.${suffix}`),
);

/** Known to a server by name only once it has sent one; an endpoint for all events gets the first. */
export const LATER_EVENTS: readonly string[] = [
	'group.owners.attached',
	'group.owners.detached',
	'process.heartbeat.resurrected',
	'process.updated',
];

/** What hardly anybody will see, though servers know the names. */
const RARE: Readonly<Record<string, string>> = {
	'license.user.updated': 'Only by an Old API Route',
	'license.validated': 'Never Sent: See Validation Succeeded and Failed',
	'release.replaced': 'Never Sent',
	'release.uploaded': 'Only by API 1.0',
	...Object.fromEntries(LATER_EVENTS.map((name) => [name, 'Not Before the Server Sent Its First'])),
};

export const ALL_EVENTS = '*';

const words = (name: string) =>
	name.replace(/[.-]/g, ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());

const recordOf = (value: string) => value.slice(0, value.indexOf('.'));

function nameOf(value: string): string {
	const record = recordOf(value);
	const what = words(value.slice(record.length + 1));
	const note = value in RARE ? `, ${RARE[value]}` : '';
	return `${words(record)}: ${what} (${value}${note})`;
}

/** The choices of a list: all events, then each by the record that it is about. n8n searches names only. */
export const eventOptions: INodePropertyOptions[] = [
	{ name: 'All Events', value: ALL_EVENTS },
	...[...EVENT_NAMES, ...LATER_EVENTS]
		.map((value) => ({ name: nameOf(value), value }))
		.sort(
			(a, b) =>
				Number(recordOf(a.value) > recordOf(b.value)) -
				Number(recordOf(a.value) < recordOf(b.value)),
		),
];
