import { Failed } from '../../shared/failure';
import { eventCode, type AuditEvent } from './audit-event';
import { catalogued, EVENT_CATALOGUE } from '../catalogue/event-catalogue';
import { isInBlock, parseIp, parseIpBlock, type IpAddress, type IpBlock } from './ip-address';
import { readAddress } from './remote-address';

/**
 * Which events to keep. An empty or absent list keeps all; several entries of one list are
 * alternatives, the lists must all match. Each list may be given as text, its entries
 * separated by commas, semicolons or white space. Case never matters, `*` stands for anything.
 */
export interface FilterSpec {
	/** Event codes: `open_record`, `login*`. */
	events?: string | string[];
	/** Acting users: `ada@example.com`, `*@example.com`. */
	users?: string | string[];
	/** Client addresses: `203.0.113.7`, `10.0.0.0/8`, `2001:db8::/32`. */
	addresses?: string | string[];
	/** Categories: an event's own, or else the one its code belongs to in the catalogue. */
	categories?: string | string[];
}

type Test = (event: AuditEvent) => boolean;

/**
 * Turns a filter into a test for one event. Matching takes time linear in the event's size.
 * Throws Failed for an entry of `addresses` that is neither an address nor a block.
 */
export function compileFilter(spec: FilterSpec): Test {
	const tests: Test[] = [];
	const events = compilePatterns(spec.events);
	if (events) tests.push((event) => events(eventCode(event)));
	const categories = compilePatterns(spec.categories);
	if (categories) tests.push((event) => categories(categoryOf(event)));
	const users = compilePatterns(spec.users);
	if (users) tests.push((event) => typeof event.username === 'string' && users(event.username));
	const addresses = compileAddresses(spec.addresses);
	if (addresses) tests.push(addresses);
	return (event) => tests.every((test) => test(event));
}

/** The codes and patterns of a list that no known event matches. */
export function matchingNothing(list: string | string[] | undefined): string[] {
	const codes = [...EVENT_CATALOGUE.keys()];
	return [...new Set(splitList(list))].filter(
		(entry) => !codes.some(compilePatterns(entry) ?? never),
	);
}

const never = () => false;

/** The entries of a list given as text or as a list of texts. */
export function splitList(list: string | string[] | undefined): string[] {
	const texts = Array.isArray(list) ? list : list === undefined ? [] : [list];
	return texts.flatMap((text) => text.split(/[\s,;]+/)).filter((entry) => entry !== '');
}

function categoryOf(event: AuditEvent): string {
	if (typeof event.category === 'string' && event.category !== '') return event.category;
	return catalogued(eventCode(event))?.group.category ?? '';
}

function compilePatterns(
	list: string | string[] | undefined,
): ((text: string) => boolean) | undefined {
	const entries = splitList(list).map((entry) => entry.toLowerCase());
	if (entries.length === 0) return undefined;
	const exact = new Set(entries.filter((entry) => !entry.includes('*')));
	const patterns = entries.filter((entry) => entry.includes('*')).map((entry) => entry.split('*'));
	return (text) => {
		const lower = text.trim().toLowerCase();
		return exact.has(lower) || patterns.some((pieces) => matches(lower, pieces));
	};
}

/** Whether the pieces occur in order, the first at the start and the last at the end. */
function matches(text: string, pieces: string[]): boolean {
	const first = pieces[0] as string;
	const last = pieces[pieces.length - 1] as string;
	if (text.length < first.length + last.length) return false;
	if (!text.startsWith(first) || !text.endsWith(last)) return false;
	const end = text.length - last.length;
	let at = first.length;
	for (const piece of pieces.slice(1, -1)) {
		const found = text.indexOf(piece, at);
		if (found < 0 || found + piece.length > end) return false;
		at = found + piece.length;
	}
	return true;
}

function compileAddresses(list: string | string[] | undefined): Test | undefined {
	const entries = splitList(list);
	if (entries.length === 0) return undefined;
	const blocks = entries.map((entry): IpBlock => {
		const block = parseIpBlock(entry);
		if (block) return block;
		throw new Failed({
			message: `'Addresses' has '${entry}', which is neither an IP address nor a block of them`,
			description: 'Correct the filter. Examples: 203.0.113.7, 10.0.0.0/8, 2001:db8::/32.',
		});
	});
	return ({ remote_address: text }) => {
		const { ips } = readAddress(text);
		return ips.some((ip) => {
			const address = parseIp(ip) as IpAddress;
			return blocks.some((block) => isInBlock(address, block));
		});
	};
}
