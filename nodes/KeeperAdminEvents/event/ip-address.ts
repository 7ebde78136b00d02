/** An IP address as eight groups of 16 bits; IPv4 in its mapped form ::ffff:a.b.c.d. */
export interface IpAddress {
	version: 4 | 6;
	groups: number[];
}

/** The address a text names, or undefined. Zones (`%eth0`) and ports are no part of one. */
export function parseIp(text: string): IpAddress | undefined {
	if (text.length > 45) return undefined;
	if (!text.includes(':')) {
		const groups = parseIpv4(text);
		return groups && { version: 4, groups: [0, 0, 0, 0, 0, 0xffff, ...groups] };
	}
	const groups = parseIpv6(text);
	if (!groups) return undefined;
	// An IPv4 address written the IPv6 way is still that IPv4 address.
	const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
	return { version: mapped ? 4 : 6, groups };
}

/** A block of addresses. */
export interface IpBlock {
	address: IpAddress;
	/** Leading bits of the 128 that count. */
	bits: number;
}

/** The block that `10.0.0.0/8`, `2001:db8::/32` or a single address names, or undefined. */
export function parseIpBlock(text: string): IpBlock | undefined {
	const [host = '', length, ...rest] = text.split('/');
	const address = parseIp(host);
	if (!address || rest.length > 0) return undefined;
	const most = address.version === 4 ? 32 : 128;
	if (length === undefined) return { address, bits: 128 };
	if (!/^\d{1,3}$/.test(length) || Number(length) > most) return undefined;
	return { address, bits: 128 - most + Number(length) };
}

/** Whether an address lies in a block. Addresses of different versions never match. */
export function isInBlock(address: IpAddress, block: IpBlock): boolean {
	if (address.version !== block.address.version) return false;
	for (let group = 0, left = block.bits; left > 0; group++, left -= 16) {
		const shift = left >= 16 ? 0 : 16 - left;
		const a = address.groups[group] as number;
		const b = block.address.groups[group] as number;
		if (a >>> shift !== b >>> shift) return false;
	}
	return true;
}

function parseIpv4(text: string): [number, number] | undefined {
	const parts = text.split('.');
	if (parts.length !== 4) return undefined;
	const bytes: number[] = [];
	for (const part of parts) {
		// No leading zeros: some systems read them as octal.
		if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
		bytes.push(Number(part));
	}
	const [a, b, c, d] = bytes as [number, number, number, number];
	return [a * 256 + b, c * 256 + d];
}

function parseIpv6(text: string): number[] | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const isWhole = halves.length === 1;
	const head = parseGroups(halves[0] as string, isWhole);
	const tail = isWhole ? [] : parseGroups(halves[1] as string, true);
	if (!head || !tail) return undefined;
	const missing = 8 - head.length - tail.length;
	if (isWhole ? missing !== 0 : missing < 1) return undefined;
	return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Groups separated by colons; at the end of an address the last two may be written as IPv4. */
function parseGroups(text: string, endsAddress: boolean): number[] | undefined {
	if (text === '') return [];
	const groups: number[] = [];
	const parts = text.split(':');
	for (const [index, part] of parts.entries()) {
		if (endsAddress && index === parts.length - 1 && part.includes('.')) {
			const last = parseIpv4(part);
			if (!last) return undefined;
			groups.push(...last);
		} else if (/^[\da-f]{1,4}$/i.test(part)) {
			groups.push(parseInt(part, 16));
		} else {
			return undefined;
		}
	}
	return groups;
}
