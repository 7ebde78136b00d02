/** Reads lines of LEEF 1.0 by IBM's description of the format; throws for what it does not allow. */
export interface LeefEvent {
	header: string[];
	attributes: Record<string, string>;
}

export function parseLeef(line: string): LeefEvent {
	if (/[^\P{Cc}\t]|[\u2028\u2029]/u.test(line)) throw new Error('A control character');
	const [version, vendor, product, productVersion, eventId, ...rest] = line.split('|');
	if (version !== 'LEEF:1.0' || !vendor || !product || !productVersion || !eventId) {
		throw new Error(`No LEEF: ${line}`);
	}
	if (rest.length === 0) throw new Error('No attributes');
	const attributes: Record<string, string> = {};
	for (const pair of rest.join('|').split('\t')) {
		const at = pair.indexOf('=');
		const key = pair.slice(0, at);
		if (!/^\w+$/.test(key)) throw new Error(`No attribute: ${pair}`);
		if (key in attributes) throw new Error(`${key} comes twice`);
		attributes[key] = pair.slice(at + 1);
	}
	const severity = Number(attributes.sev);
	if (!(severity >= 1 && severity <= 10)) throw new Error('sev');
	return { header: [vendor, product, productVersion, eventId], attributes };
}
