/** `licenses` to `license`, `policies` to `policy`, `processes` to `process`. */
export function singular(plural: string): string {
	if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
	return plural.endsWith('sses') || plural.endsWith('ches')
		? plural.slice(0, -2)
		: plural.replace(/s$/, '');
}

/** `maxMachines` to `MAX_MACHINES`, as codes spell attributes. */
export function codeName(name: string): string {
	return name
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.replace(/-/g, '_')
		.toUpperCase();
}
