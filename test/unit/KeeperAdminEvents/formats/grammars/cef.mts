/**
 * Reads lines of the Common Event Format by the grammar of the ArcSight CEF Implementation
 * Standard, and throws for what it does not allow.
 */
export interface CefEvent {
	header: string[];
	extension: Record<string, string>;
}

/** Keys of the standard's dictionary that the node uses, and the most characters of each. */
const MOST: Record<string, number> = {
	act: 63,
	c6a2: Infinity,
	c6a2Label: 1023,
	cat: 1023,
	duid: 1023,
	duser: 1023,
	dvchost: 100,
	externalId: 40,
	msg: 1023,
	outcome: 63,
	reason: 1023,
	requestClientApplication: 1023,
	rt: Infinity,
	shost: 1023,
	spt: 5,
	src: 15,
	suser: 1023,
	...Object.fromEntries(
		[1, 2, 3, 4, 5, 6].flatMap((n) => [
			[`cs${n}`, 4000],
			[`cs${n}Label`, 1023],
		]),
	),
};
const HEADER = /^CEF:(\d)((?:\|(?:[^|\\]|\\[|\\])*){6})\|(.*)$/su;
const PAIR = /([A-Za-z0-9_.[\]]+)=((?:[^\\=]|\\[\\=nr])*?)(?= [A-Za-z0-9_.[\]]+=|$)/gsu;

export function parseCef(line: string): CefEvent {
	if (/[\p{Cc}\u2028\u2029]/u.test(line)) throw new Error('A control character');
	const found = HEADER.exec(line);
	if (!found) throw new Error(`No CEF: ${line}`);
	const [, version = '', cells = '', rest = ''] = found;
	const header = [...cells.matchAll(/\|((?:[^|\\]|\\[|\\])*)/gu)].map(([, cell = '']) =>
		cell.replace(/\\([|\\])/gu, '$1'),
	);
	const severity = Number(header[5]);
	if (!Number.isInteger(severity) || severity < 0 || severity > 10) throw new Error('Severity');
	return { header: [version, ...header], extension: parseExtension(rest) };
}

function parseExtension(text: string): Record<string, string> {
	const extension: Record<string, string> = {};
	let end = 0;
	for (const { 0: pair, 1: key = '', 2: value = '', index } of text.matchAll(PAIR)) {
		// Between two pairs is one blank, and nothing else.
		if (index !== (end === 0 ? 0 : end + 1)) throw new Error(`Unread: ${text.slice(end, index)}`);
		end = index + pair.length;
		if (key in extension) throw new Error(`${key} comes twice`);
		if (value === '') throw new Error(`${key} is empty`);
		extension[key] = value.replace(/\\([\\=nr])/gu, (_, sign: string) =>
			sign === 'n' ? '\n' : sign === 'r' ? '\r' : sign,
		);
		const most = MOST[key] ?? (/^KeeperSecurityKeeper[A-Z]/.test(key) ? 4000 : undefined);
		if (most === undefined) throw new Error(`${key} is no key of the standard`);
		if ((extension[key] ?? '').length > most) throw new Error(`${key} is too long`);
	}
	if (end !== text.length) throw new Error(`Unread: ${text.slice(end)}`);
	return extension;
}
