import fc from 'fast-check';
import { EVENT_CODES } from '../../../../sandbox/keeper-events/event-codes.mts';

/** An event, and all that somebody may look for who looks into it. */
export interface GeneratedEvent {
	event: Record<string, unknown>;
	people: string[];
	things: string[];
	addresses: string[];
	devices: string[];
}

const CODES = EVENT_CODES.flatMap(({ codes }) => codes.trim().split(/\s+/));
const THINGS = `record_uid shared_folder_uid folder_uid team_uid app_uid secret_uid gateway_uid
	agent_uid deployment_uid policy_uid collection_uid request_uid link_uid attachment_id node_id
	crater_uid`.split(/\s+/);

const code = fc.oneof(
	fc.constantFrom(...CODES),
	fc.constantFrom('brand_new_event', 'another_new_event', ''),
);
/** What breaks formats: separators, escapes and quotes of all of them, line breaks, wide letters. */
const name = fc
	.string({
		unit: fc.constantFrom(...('ab|=\\]["\'\t\r\n é😀,; &<>%'.match(/./gsu) as string[])),
		minLength: 1,
		maxLength: 12,
	})
	.map((text) => `n${text}n`);
const email = fc
	.tuple(
		fc.stringMatching(/^[a-z][a-z0-9.+_'|=\\-]{0,12}$/),
		fc.constantFrom('a.example', 'b.example'),
	)
	.map(([user, domain]) => `${user}@${domain}`.replaceAll("'", 'x'));
/** Objects inside events become JSON in lines, where a backslash is written twice. */
const plainEmail = fc.stringMatching(/^[a-z][a-z0-9.+_-]{0,12}@[a-z]{2,9}\.example$/);
const userName = fc.stringMatching(/^[a-z][a-z0-9.]{2,12}[a-z]$/);
const uid = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
const optional = <T,>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const ADDRESSES: Array<[text: string, ips: string[]]> = [
	['203.0.113.7', ['203.0.113.7']],
	['2001:db8::1', ['2001:db8::1']],
	['[2001:db8::1]:443', ['2001:db8::1']],
	['203.0.113.7:80, 10.0.0.3', ['203.0.113.7', '10.0.0.3']],
];

/** Events with any of the fields that name persons, things, addresses and devices. */
export const generatedEvent: fc.Arbitrary<GeneratedEvent> = fc
	.record({
		code,
		username: optional(fc.oneof(email, name)),
		to_username: optional(fc.oneof(email, name)),
		from_username: optional(fc.oneof(email, fc.integer({ min: 1, max: 2 ** 31 }))),
		email: optional(email),
		value: optional(email),
		recipient: optional(fc.array(email, { minLength: 1, maxLength: 3 })),
		hidden: optional(
			fc.record({
				named: email,
				deep: plainEmail,
				admin: plainEmail,
				plain: userName,
				uid,
				uids: fc.array(uid),
			}),
		),
		ip_address: optional(fc.constantFrom('198.51.100.9', '2001:db8::9')),
		role: optional(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 2 ** 50 }))),
		things: fc.dictionary(fc.constantFrom(...THINGS), uid, { maxKeys: 4 }),
		address: optional(fc.constantFrom(...ADDRESSES)),
		device_name: optional(name),
		client_version: optional(name),
		category: optional(fc.oneof(fc.constantFrom('share', 'usage'), name)),
		result_code: optional(name),
		channel: optional(name),
		timestamp: optional(fc.constant('2026-03-02T09:15:30.123Z')),
		enterprise_id: optional(fc.constantFrom(99_376, 2 ** 40, '18446744073709551615')),
	})
	.map((given) => {
		const { code: audit_event, role, things, address, recipient, hidden, ...rest } = given;
		const roleId = role && String(role[1]);
		const event = {
			audit_event,
			...rest,
			...things,
			...(roleId !== undefined && { role_id: role?.[0] ? `261822/${roleId}` : roleId }),
			...(address && { remote_address: address[0] }),
			...(recipient && { recipient: recipient.join(', ') }),
			// Where no documented field is: in lists, in nested objects, under names that nobody knows yet.
			...(hidden && {
				owner: `Ada L. <${hidden.named}>`,
				details: { user: { email: hidden.deep }, meteor_uid: hidden.uid },
				admins: [{ email: hidden.admin }],
				approver_username: hidden.plain,
				comet_uids: hidden.uids,
			}),
		};
		const named = [rest.username, rest.to_username, rest.from_username, rest.email, rest.value];
		return {
			event: JSON.parse(JSON.stringify(event)) as Record<string, unknown>,
			people: [
				...named,
				...(recipient ?? []),
				...(hidden ? [hidden.named, hidden.deep, hidden.admin, hidden.plain] : []),
			].flatMap((person) => (person === undefined ? [] : [String(person).trim()])),
			things: [
				...Object.values(things),
				...(roleId === undefined ? [] : [roleId]),
				...(hidden ? [hidden.uid, ...hidden.uids] : []),
			],
			addresses: [
				...(address?.[1] ?? []),
				...(rest.ip_address === undefined ? [] : [rest.ip_address]),
			],
			devices: rest.device_name === undefined ? [] : [rest.device_name.trim()],
		};
	});
