import { EVENT_CODES } from './event-codes.mts';
import type { LoggedEvent } from './event-log.mts';
import { Random } from './random.mts';
import { shapeOf } from './real-shapes.mts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface CompanyOptions {
	seed?: number;
	users?: number;
	/** The latest that an event shows up after it happened, milliseconds. */
	latest?: number;
}

/** How often events of a group happen in 1000, in a company that mostly opens records. */
const SHARES: Record<string, number> = {
	usage: 620,
	login: 150,
	share: 70,
	ksm: 60,
	security: 40,
	policy: 15,
	account: 8,
	pam_session: 10,
	endpoint_privilege_manager: 8,
	breachwatch: 5,
	chat: 4,
	compliance_report: 3,
	keeper_ai: 3,
	security_benchmark: 2,
	admin_permission: 1,
	msp: 1,
};

/** What people do all day, apart from which every event of a group is as likely as another. */
const DAILY = ['open_record', 'copy_password', 'fast_fill', 'record_update', 'record_add'];

const CLIENTS = [
	'Web Vault 16.10.5',
	'Web Vault 17.0.1',
	'Browser Extension 17.1.0',
	'Desktop App 17.2.0',
	'iOS 16.11.2',
	'Android 16.12.0',
	'EMConsole.17.0.0',
	'Commander 17.0.8',
	'KSM SDK 16.6.6',
];

const FIRST = ['ada', 'björn', 'chen', 'dana', 'emil', 'fatima', 'goran', 'hana', 'ines', 'jörg'];
const LAST = [
	'novak',
	'okoro',
	'petit',
	'quist',
	'rossi',
	'sato',
	'tanaka',
	'ueda',
	'varga',
	'wolf',
];

interface Member {
	username: string;
	addresses: string[];
	client: string;
}

/** A made-up enterprise whose people cause audit events; the same seed causes the same ones. */
export class Company {
	private readonly random: Random;
	private readonly members: Member[];
	private readonly latest: number;
	private readonly enterprise: number;
	private readonly groups: Array<{ category: string; ours?: true; codes: string[]; share: number }>;
	private serial = 0;

	constructor({ seed = 1, users = 200, latest = 10 * 60_000 }: CompanyOptions = {}) {
		this.random = new Random(seed);
		this.latest = latest;
		this.enterprise = 10_000 + this.random.below(90_000);
		this.members = Array.from({ length: users }, (_, n) => this.hire(n));
		this.groups = EVENT_CODES.map(({ category, ours, codes }) => ({
			category,
			...(ours ? { ours } : {}),
			codes: codes.trim().split(/\s+/),
			share: SHARES[category] ?? 1,
		}));
	}

	/** So many events between two times, most of them in office hours of working days. */
	between(start: number, end: number, count: number): LoggedEvent[] {
		const events: LoggedEvent[] = [];
		while (events.length < count) {
			const at = start + Math.floor(this.random.next() * (end - start));
			if (this.random.next() > busyness(at)) continue;
			// Imports and folder shares cause many events at one instant.
			const burst = this.random.below(200) === 0 ? 20 + this.random.below(200) : 1;
			for (let n = 0; n < burst && events.length < count; n++) events.push(this.event(at, end));
		}
		return events.sort((a, b) => a.at - b.at);
	}

	private event(at: number, end: number): LoggedEvent {
		const { random } = this;
		const group = this.pickGroup();
		const daily = group.category === 'usage' && random.below(10) < 9;
		const code = daily ? random.pick(DAILY) : random.pick(group.codes);
		const member = random.pick(this.members);
		const event: Record<string, unknown> = {
			audit_event: code,
			remote_address: random.pick(member.addresses),
			client_version: member.client,
			timestamp: new Date(at).toISOString(),
			username: member.username,
			enterprise_id: this.enterprise,
			...this.details(group.category, code),
		};
		// Older events carry no category, and those of our own groups none that is known.
		if (!group.ours) event.category = group.category;
		const delay = this.delay();
		return { event, at, visibleAt: Math.min(at + delay, end + this.latest) };
	}

	/** Mostly seconds, sometimes minutes, up to the latest. */
	private delay(): number {
		const { random, latest } = this;
		const scale = random.below(10) < 7 ? Math.min(latest, 20_000) : latest;
		return Math.floor(random.next() * (scale + 1));
	}

	private details(category: string, code: string): Record<string, unknown> {
		const { random } = this;
		const uid = () => random.identifier(22);
		const shape = shapeOf(code, {
			uid,
			numeric: () => this.numeric(),
			someone: () => this.someone(),
		});
		if (shape) return { ...shape, session: ++this.serial };
		// Identifiers make an event distinct, as they do in reality.
		if (/record|password|fill|attachment|rotation/.test(code)) {
			const record = { record_uid: uid(), session: ++this.serial };
			return code.includes('attachment') ? { ...record, attachment_id: uid() } : record;
		}
		if (/folder/.test(code)) return { shared_folder_uid: uid(), to_username: this.someone() };
		if (/team/.test(code)) return { team_uid: uid(), to_username: this.someone() };
		if (/role|admin/.test(code)) return { role_id: this.numeric(), to_username: this.someone() };
		if (/node/.test(code)) return { node_id: this.numeric(), node: `Site ${random.below(20)}` };
		if (/gateway/.test(code)) return { gateway_uid: uid() };
		if (/fail|denied|invalid/.test(code))
			return { result_code: 'auth_failed', device_name: `PC-${++this.serial}` };
		if (category === 'share') return { record_uid: uid(), to_username: this.someone() };
		if (category === 'ksm') return { app_uid: uid(), secret_uid: uid() };
		return { device_name: `PC-${++this.serial}` };
	}

	private numeric(): number {
		// Keeper's ids exceed 32 bits: the enterprise's id shifted by as many, plus a number.
		return this.enterprise * 2 ** 32 + this.random.below(10_000);
	}

	private someone(): string {
		return this.random.pick(this.members).username;
	}

	private pickGroup(): Company['groups'][number] {
		let left = this.random.below(1000);
		for (const group of this.groups) {
			left -= group.share;
			if (left < 0) return group;
		}
		return this.groups[this.groups.length - 1] as Company['groups'][number];
	}

	private hire(n: number): Member {
		const { random } = this;
		const name = `${FIRST[n % 10]}.${LAST[Math.floor(n / 10) % 10]}${n < 100 ? '' : n}`;
		const office = `203.0.113.${1 + random.below(20)}`;
		const home = random.below(3) === 0 ? ipv6(random) : `198.51.100.${1 + random.below(254)}`;
		return {
			// A few accounts are not named by an address.
			username: n % 50 === 49 ? `service.account${n}` : `${name}@example.com`,
			addresses: [office, office, home],
			client: random.pick(CLIENTS),
		};
	}
}

/** 0 to 1: how much goes on at this time, by the clock of the office (UTC). */
function busyness(at: number): number {
	const day = Math.floor(at / DAY + 4) % 7;
	const hour = (at % DAY) / HOUR;
	const working = day !== 0 && day !== 6;
	if (!working) return 0.03;
	return hour >= 8 && hour < 18 ? 1 : 0.05;
}

function ipv6(random: Random): string {
	const block = () => random.below(0x10000).toString(16);
	return `2001:db8:${block()}::${block()}`;
}
